import { describe, expect, test } from 'vitest';
import { DEMO_TRANSPORTS } from '../../../src/demo-talk.ts';
import { chromiumPath } from '../../page/chromium.ts';
import { eventually, useDemo } from './house.ts';
import { Guest } from './room.ts';

const HOSTILE = '<img src=x onerror="alert(1)"> </textarea><script>alert(3)</script>';

describe.skipIf(chromiumPath === undefined)('the chat, in a real browser', () => {
  const { visit } = useDemo();
  const visitChat = () => visit({}, '#room=lobby');

  test('people on all six transports share a room: each hears each once, and who comes and goes', {
    timeout: 60_000,
  }, async () => {
    const guests: Guest[] = [];
    for (const transport of DEMO_TRANSPORTS)
      guests.push(await Guest.come(await visitChat(), 'six', transport, transport));
    const [first, ...others] = guests;
    for (const guest of guests) await guest.say(`by ${guest.name} 👋 안녕`);
    const all = DEMO_TRANSPORTS.map((name) => `by ${name} 👋 안녕`).toSorted();
    for (const guest of guests) {
      await eventually(async () => (await guest.heard()).toSorted()).toEqual(all);
      await eventually(() => guest.people()).toEqual([...DEMO_TRANSPORTS]);
      expect(await guest.page.locator('.said[data-mine="true"] .text').allTextContents()).toEqual([
        `by ${guest.name} 👋 안녕`,
      ]);
    }
    await eventually(() => first?.asides('notice')).toEqual(others.map(({ name }) => `${name} has come`));
    const late = await Guest.come(await visitChat(), 'six', 'late', 'websocket');
    await eventually(async () => (await late.heard()).toSorted()).toEqual(all);
    expect(await late.page.locator('.said.from-history').count()).toBe(6);
    await late.page.getByRole('button', { name: 'Leave' }).click();
    await eventually(() => first?.asides('notice')).toContain('late has left');
    await eventually(() => late.page.getByRole('button', { name: 'Join' }).isVisible()).toBe(true);
    for (const { troubles } of [...guests, late]) expect(troubles).toEqual([]);
  });

  test('hostile names, rooms and messages stand there as text', async () => {
    const room = `${HOSTILE.slice(0, 40)}&`;
    const eve = await Guest.come(await visitChat(), room, HOSTILE.slice(0, 30), 'sse');
    const ada = await Guest.come(await visitChat(), room, 'ada', 'websocket');
    await eve.say(HOSTILE);
    await ada.say('one\ntwo');
    for (const guest of [eve, ada]) {
      await eventually(async () => (await guest.heard()).toSorted()).toEqual([HOSTILE, 'one\ntwo']);
      expect(await guest.people()).toEqual([HOSTILE.slice(0, 30), 'ada']);
      expect(await guest.page.locator('.room h2').textContent()).toBe(room);
      expect(await guest.page.locator('main img, main script').count()).toBe(0);
      expect(guest.troubles).toEqual([]);
    }
  });

  test('what the server refuses is said at its field', async () => {
    await Guest.come(await visitChat(), 'strict', 'ada', 'streaming');
    const visited = await visitChat();
    const refused = (room: string, name: string) => Guest.ask(visited, room, name, 'polling');
    const complaints = async (guest: Guest) => [
      await guest.complaint('chat-name-error'),
      await guest.complaint('chat-room-error'),
    ];
    const taken = await refused('strict', 'ada');
    await eventually(() => complaints(taken)).toEqual([
      'Somebody in this room has that name already. Choose another one.',
      '',
    ]);
    const turned = await refused('strict', '\u202eada');
    await eventually(() => complaints(turned)).toEqual(['A name has no control characters.', '']);
    const long = await refused('x'.repeat(65), 'bob');
    await eventually(() => complaints(long)).toEqual(['', 'A room’s name has at most 64 characters.']);
    const bob = await Guest.come(visited, 'strict', 'bob', 'websocket');
    await bob.say('x'.repeat(501));
    await eventually(() => bob.complaint('chat-not-sent')).toBe('A message has at most 500 characters.');
    expect(await bob.box.inputValue()).toBe('x'.repeat(501));
    await bob.page.evaluate(`(() => {
      const box = document.querySelector('#chat-text');
      for (let n = 0; n < 15; n++) {
        box.value = 'flood ' + n;
        box.form.requestSubmit();
      }
    })()`);
    await eventually(() => bob.complaint('chat-not-sent')).toContain('Not so fast');
    await bob.is('connected');
    expect(bob.troubles).toEqual([]);
  });

  test('Enter that finishes a syllable sends nothing, and Shift+Enter begins a line', async () => {
    const { page, ...rest } = await visit({ locale: 'ko-KR' }, '#room=lobby');
    await page.getByRole('textbox', { name: '이름' }).fill('철수');
    await page.getByRole('button', { name: '들어가기' }).click();
    const box = page.getByRole('textbox', { name: '메시지' });
    await box.fill('안녕');
    await box.dispatchEvent('keydown', { key: 'Enter', isComposing: true });
    expect(await box.inputValue()).toBe('안녕');
    await box.press('Shift+Enter');
    expect(await box.inputValue()).toBe('안녕\n');
    await box.press('Enter');
    await eventually(() => page.locator('.said .text').allTextContents()).toEqual(['안녕']);
    expect(rest.troubles).toEqual([]);
  });
});
