import { expect, test } from 'vitest';
import { rtbench } from '../rtbench.ts';

/** The figures behind a lane's name, in one chapter's screen. */
function figuresOf(screen: string, lane: string): { received: number; lost: number; vain: number } {
  const found = new RegExp(
    `^${lane}\\b.*\\n +(\\d+) received · (\\d+) lost · asked [\\d,]+×, (\\d+) in vain`,
    'm',
  );
  const [, received, lost, vain] = (found.exec(screen) ?? []).map(Number);
  if (received === undefined || lost === undefined || vain === undefined)
    throw new Error(`no ${lane} in\n${screen}`);
  return { received, lost, vain };
}

test('the tour goes through its chapters in a terminal: polling asks in vain, and after a cut those who resume have lost nothing', async () => {
  const { code, stdout, stderr } = await rtbench(['demo', '--port', '0', '--terminal', '--tour', '3s']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: 'Ctrl-C ends the demo.\n' });
  const [, ...screens] = stdout.split(/^(?=.* of 64 B · )/m);
  expect(screens).toHaveLength(5);
  const [wastes = '', waits = '', flows = '', bothWays = '', recovers = ''] = screens;
  expect(wastes).toContain('Polling wastes');
  expect(figuresOf(wastes, 'polling').vain).toBeGreaterThan(figuresOf(wastes, 'longpoll').vain);
  expect(waits).toContain('100 ms there and back');
  for (const lane of ['streaming', 'sse', 'websocket', 'socketio']) {
    expect(figuresOf(flows, lane).received, lane).toBeGreaterThan(figuresOf(waits, lane).received + 20);
  }
  // Beside what is on schedule, each of the six says words that all hear.
  expect(figuresOf(bothWays, 'websocket').received - figuresOf(flows, 'websocket').received).toBeGreaterThan(
    6,
  );
  for (const lane of ['polling', 'longpoll', 'sse']) expect(figuresOf(recovers, lane).lost, lane).toBe(0);
  expect(figuresOf(recovers, 'streaming').lost).toBeGreaterThan(0);
  expect(recovers).toContain('×');
}, 60_000);
