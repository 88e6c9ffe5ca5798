import { describe, expect, test } from 'vitest';
import { DEMO_TRANSPORTS } from '../../../src/demo-talk.ts';
import { chromiumPath } from '../../page/chromium.ts';
import { eventually, useDemo } from './house.ts';
import { Guest } from './room.ts';

describe.skipIf(chromiumPath === undefined)('what is done to the chat, in a real browser', () => {
  const { visit } = useDemo();
  const visitChat = () => visit({}, '#room=lobby');

  test('cut, mended, the server started anew, another transport: everybody is back and heard', {
    timeout: 90_000,
  }, async () => {
    const guests: Guest[] = [];
    for (const transport of DEMO_TRANSPORTS)
      guests.push(await Guest.come(await visitChat(), 'cuts', transport, transport));
    const [first] = guests;
    if (first === undefined) throw new Error('nobody came');
    const allHear = async (what: string) => {
      for (const guest of guests) await guest.say(`${what} by ${guest.name}`);
      const said = DEMO_TRANSPORTS.map((name) => `${what} by ${name}`).toSorted();
      for (const guest of guests) {
        const heard = async () => (await guest.heard()).filter((text) => text.startsWith(what)).toSorted();
        await eventually(heard).toEqual(said);
      }
    };
    await allHear('before');

    await first.page.getByRole('button', { name: 'Cut the network' }).click();
    for (const guest of guests) await guest.is('reconnecting');
    await first.page.getByRole('button', { name: 'Restore the network' }).click();
    for (const guest of guests) await guest.is('connected');
    await allHear('mended');
    for (const guest of guests) expect((await guest.asides('remark')).join(' ')).toContain('Back.');

    await first.page.getByRole('button', { name: 'Restart the server' }).click();
    for (const guest of guests) {
      await eventually(async () => (await guest.asides('remark')).at(-1)).toMatch(
        /^Back\. .*(anew|meanwhile)/,
      );
      await guest.is('connected');
    }
    await allHear('restarted');

    await first.page.getByLabel('You are here by').selectOption({ label: 'WebSocket' });
    await eventually(async () => (await first.asides('remark')).slice(-2)).toEqual([
      'Going on by WebSocket',
      'Back. Nothing was said meanwhile.',
    ]);
    await first.is('connected');
    await allHear('moved');
    const { hash } = new URL(first.page.url());
    expect(hash).toBe('#room=cuts&transport=websocket');
    for (const { troubles } of guests) expect(troubles).toEqual([]);
  });
});
