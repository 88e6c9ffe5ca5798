import { Chalk } from 'chalk';
import { expect, test } from 'vitest';
import { screenOf } from '../../src/cli/demo/terminal/screen.ts';
import type { LaneView } from '../../src/demo/terminal/terminal-lane.ts';
import { DEMO_TRANSPORTS, type DemoState, FIRST_SETTINGS, type LaneCount } from '../../src/demo-talk.ts';

const COUNT: LaneCount = {
  ...{ clients: 1, requests: 120, emptyAnswers: 112, bytesUp: 9000, bytesDown: 3000 },
  ...{ connections: 1, cpuUs: 12_000 },
};

const STATE: DemoState = {
  ...{ atMs: 0, settings: FIRST_SETTINGS, server: 'running', starts: 1, published: 8, visitors: 0 },
  network: { isCut: true, isWebSocketBlocked: true },
  lanes: {
    ...{ polling: COUNT, longpoll: COUNT, streaming: COUNT, sse: COUNT, websocket: COUNT, socketio: COUNT },
  },
  cluster: { missing: null, phase: 'off', hasAdapter: true, redis: 'running', ports: [], published: 0 },
  tour: { chapter: 'socketio-recovers', progress: 0.5 },
};

const VIEWS: readonly LaneView[] = DEMO_TRANSPORTS.map((transport) => ({
  ...{ transport, carrying: 'polling', received: 8, lost: 1, latencyMs: 12.4 },
  moments: [...Array<'waiting'>(300).fill('waiting'), 'vain', 'news', 'lost'],
}));

test('a screen keeps to the terminal, shows the newest moments, and says what is wrong', () => {
  for (const columns of [60, 100, 400]) {
    const lines = screenOf(STATE, VIEWS, { columns, chalk: new Chalk({ level: 0 }) });
    const strips = lines.filter((line) => line.endsWith('○●×'));
    expect(strips).toHaveLength(DEMO_TRANSPORTS.length);
    for (const strip of strips) expect([...strip]).toHaveLength(Math.min(columns, 120));
    expect(lines.join('\n')).toContain('The network is cut. WebSocket is blocked.');
    for (const line of lines) expect([...line].length).toBeLessThanOrEqual(columns);
    if (columns > 60)
      expect(lines.join('\n')).toContain('8 received · 1 lost · asked 120×, 112 in vain · 12.0 KB');
    expect(lines.find((line) => line.startsWith('socketio polling'))).toBeDefined();
  }
});
