import { expect, test } from 'vitest';
import { plainLook } from '../../../src/cli/look.ts';
import { traceFormats } from '../../../src/report/formats.ts';
import { cardOf } from '../../../src/report/trace/svg/card.ts';
import { heightsOf } from '../../../src/report/trace/svg/heights.ts';
import { heldOf } from '../../../src/report/trace/svg/held.ts';
import { darkInks, lightInks } from '../../../src/report/trace/svg/inks.ts';
import { checkXml } from '../xml.ts';
import { broken, longpoll, sampleTrace, websocket } from './sample.ts';

const heights = (of: Parameters<typeof heightsOf>[0]) => heightsOf(of, (text) => [text]);
const fallOf = ({ arrows }: ReturnType<typeof heights>, title: string) => {
  const arrow = arrows.find(({ event }) => event.kind === 'step' && event.title === title);
  return (arrow?.toY ?? 0) - (arrow?.fromY ?? 0);
};

test('every arrow is there with its title and size, every class that crossed with its colour in light and dark', () => {
  const conversation = websocket();
  const text = cardOf(sampleTrace(conversation));
  checkXml(text);
  for (const event of conversation.events) {
    if (event.kind !== 'step') continue;
    const bytes = event.parts.reduce((sum, part) => sum + part.bytes, 0);
    expect(text).toContain(`>${event.title}<`);
    expect(text).toContain(`>${bytes} B<`);
    for (const { class: of } of event.parts) {
      expect(text).toContain(`[fill="${lightInks.classes[of]}"]{fill:${darkInks.classes[of]}}`);
    }
  }
  expect(text).toMatch(/197 bytes of news in 4 messages of the application cost[\s\S]*525 bytes/);
});

test('distance is seen: the farther, the steeper; and what is sent in one go stays in its order', () => {
  const [near, far] = [heights(longpoll()), heights(longpoll(100))];
  expect(fallOf(near, 'POST /session')).toBeLessThan(10);
  expect(fallOf(far, 'POST /session')).toBeGreaterThan(30);
  for (const { arrows } of [near, far, heights(broken())]) {
    const leaving = arrows.toSorted((one, other) => one.event.sentMs - other.event.sentMs);
    const tops = leaving.map(({ fromY }) => fromY);
    expect(tops).toEqual(tops.toSorted((one, other) => one - other));
    for (const side of ['up', 'down']) {
      const ends = leaving.filter(({ event }) => event.way === side).map(({ toY }) => toY);
      expect(ends).toEqual(ends.toSorted((one, other) => one - other));
    }
  }
});

test('a long wait is left out, and said', () => {
  const { breaks, height } = heights(longpoll());
  expect(breaks.map(({ ms }) => Math.round(ms))).toEqual([569]);
  expect(height).toBeLessThan(600);
  expect(cardOf(sampleTrace(longpoll()))).toContain('>569 ms pass<');
});

test('a request is held until its answer, a stream until its connection is over', () => {
  const polls = heldOf(heights(longpoll()).arrows);
  expect(polls).toHaveLength(5);
  expect(new Set(polls.map(({ lane }) => lane))).toEqual(new Set([0]));
  const { arrows } = heights(broken());
  const reset = arrows.find(({ event }) => event.kind === 'reset');
  expect(heldOf(arrows).map(({ connection }) => connection)).toEqual([1, 2]);
  expect(heldOf(arrows)[0]?.toY).toBe(reset?.fromY);
});

/** Its second connection is opened into a hole: nothing sent over it arrives. */
function holed() {
  const one = broken();
  const events = one.events.map((event) =>
    event.kind !== 'told' && event.connection === 2 && event.way === 'up' && event.kind !== 'opened'
      ? { ...event, isLost: true as const }
      : event,
  );
  return { ...one, events };
}

test('what is lost does not arrive, and nothing is held for it', () => {
  const conversation = holed();
  expect(heldOf(heights(conversation).arrows).map(({ connection }) => connection)).toEqual([1]);
  const heads = (text: string) => text.match(/<path d="M\S+ 0L[^>]*Z"/g)?.length ?? 0;
  const [whole, lost] = [cardOf(sampleTrace(broken())), cardOf(sampleTrace(conversation))];
  expect(heads(whole) - heads(lost)).toBe(2);
  expect((lost.match(/>✗</g) ?? []).length).toBe(2);
});

test('no line runs through what is written along another', () => {
  const text = cardOf(sampleTrace(longpoll(100)));
  const lastShaft = text.lastIndexOf('stroke-dasharray="2 4"');
  expect(lastShaft).toBeGreaterThan(0);
  for (const words of text.match(/<text[^>]*paint-order="stroke"[^>]*>(<tspan>|connection)/g) ?? []) {
    expect(text.indexOf(words)).toBeGreaterThan(lastShaft);
  }
});

test('a trace has one drawing, so --chart is refused', async () => {
  const drawn = async () => traceFormats.svg?.(sampleTrace(longpoll()), { ...plainLook, chart: 'latency' });
  await expect(drawn()).rejects.toThrow(
    'Expected --chart to be left out: a trace has one drawing, got `latency`',
  );
});
