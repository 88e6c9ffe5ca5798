import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { compare, run } from '../../src/index.ts';

const SMALL = { rounds: 1, clients: 4, duration: '200ms', warmup: '0', isolate: 'off' } as const;

test('a run is the report that the command line would write, and nothing is left of it', async () => {
  const stages = new Set<string>();
  const report = await run({
    ...SMALL,
    transport: 'ws',
    tls: true,
    conflate: false,
    pollInterval: undefined,
    onEvent: (event) => event.kind === 'stage' && stages.add(event.stage),
  });
  expect(report.failure).toBeNull();
  expect(
    report.rounds.map(({ transport, clients, delivery }) => [transport, clients, delivery.lost]),
  ).toEqual([['websocket', 4, 0]]);
  expect(report.scenario).toMatchObject({ name: 'broadcast', tls: true, durationMs: 200 });
  const typed =
    'run --rounds 1 --clients 4 --duration 200ms --warmup 0 --isolate off --transport ws --tls --conflate false';
  expect(report.command.join(' ')).toBe(typed);
  expect(stages).toContain('measuring');
  expect(children()).toEqual([]);
});

test('an abort keeps the rounds that were finished', async () => {
  const controller = new AbortController();
  const report = await compare({
    ...SMALL,
    transports: ['sse', 'ws'],
    rounds: 50,
    signal: controller.signal,
    onEvent: ({ kind }) => kind === 'finished' && controller.abort(),
  });
  expect(report.interrupted).toBe(true);
  expect(report.rounds).toHaveLength(1);
  expect(children()).toEqual([]);
});

/** The processes of rtbench that this one started. */
function children(): string[] {
  const all = execFileSync('ps', ['-e', '-o', 'ppid=,args='], { encoding: 'utf8' }).split('\n');
  return all.filter((line) => line.trim().startsWith(`${process.pid} `) && line.includes('rtbench.js'));
}
