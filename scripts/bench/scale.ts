import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report, Round } from '../../src/measurements.ts';
import { driverBytesPerClient, metricOf } from '../../src/stats/index.ts';
import { BIN } from './product.ts';
import type { Add } from './rows.ts';

/** A crowd, and the nodes that hold it. */
interface Crowd {
  readonly clients: number;
  readonly nodes: number;
}

const HELD: readonly Crowd[] = [
  { clients: 18_000, nodes: 1 },
  { clients: 100_000, nodes: 6 },
];
const UPWARD: readonly Crowd[] = [
  { clients: 9_000, nodes: 1 },
  { clients: 18_000, nodes: 1 },
  { clients: 36_000, nodes: 4 },
  { clients: 72_000, nodes: 8 },
  { clients: 100_000, nodes: 12 },
];
const LONGEST_MS = 15 * 60_000;

/** What one try to hold a crowd came to: its round or, where there is none, what was in the way. */
type Outcome = { readonly round: Round } | { readonly limiter: string };

/** How many clients are connected and held, each broadcast to all of them accounted for; socket.io's upward until something is in the way. */
export function scale(add: Add): void {
  for (const transport of ['websocket', 'streaming', 'longpoll']) {
    for (const crowd of HELD) tell(add, transport, crowd, hold(transport, crowd));
  }
  for (const transport of ['socketio-websocket', 'socketio', 'socketio-polling']) {
    for (const crowd of UPWARD) {
      const outcome = hold(transport, crowd);
      tell(add, transport, crowd, outcome);
      if (!isWhole(outcome)) break;
    }
  }
}

function tell(add: Add, transport: string, { clients, nodes }: Crowd, outcome: Outcome): void {
  const what = `${clients.toLocaleString('en')} ${transport} clients on ${nodes} node${nodes === 1 ? '' : 's'}`;
  if ('limiter' in outcome) {
    add(what, outcome.limiter, 'all', false);
    return;
  }
  const { round } = outcome;
  const { delivered, expected } = round.delivery;
  const kilobytes = (bytes: number | null) => `${((bytes ?? Number.NaN) / 1000).toFixed(1)} KB`;
  const figures = [
    `connected within ${(round.connect.totalMs / 1000).toFixed(1)} s`,
    `${delivered} of ${expected} delivered, the last after ${((round.crowdLatency.maxMs ?? 0) / 1000).toFixed(1)} s`,
    `server ${kilobytes(metricOf(round, 'memoryPerClientBytes'))} and crowd ${kilobytes(driverBytesPerClient(round))} of heap a client`,
    ...(isWhole(outcome) ? [] : [`limiter: ${limiterOf(round)}`]),
  ];
  add(what, figures.join(', '), 'all', isWhole(outcome));
}

/** Whether all came in, stayed, and were told everything. */
function isWhole(outcome: Outcome): boolean {
  if ('limiter' in outcome) return false;
  const { flags, delivery } = outcome.round;
  const isBroken = flags.some(({ code }) => code === 'clients-dropped' || code === 'transport-mismatch');
  return !isBroken && delivery.expected > 0 && delivery.delivered === delivery.expected;
}

/** Where clients were lost on the way, whose core was full. */
function limiterOf({ driver, server, flags, windowMs }: Round): string {
  const serverShare = (server.cpuUserUs + server.cpuSystemUs) / windowMs / 1000;
  if (serverShare > 0.8 || (driver.coreShare ?? 0) > 0.8) return 'CPU';
  return flags.find(({ fatal }) => fatal)?.message ?? 'time';
}

function hold(transport: string, { clients, nodes }: Crowd): Outcome {
  const out = join(tmpdir(), `rtbench-scale-${process.pid}.json`);
  const crowd = ['--transport', transport, '--clients', `${clients}`, '--nodes', `${nodes}`];
  const { status, stderr, error } = spawnSync(
    process.execPath,
    [BIN, 'run', '--scenario', 'hold', ...crowd, '--format', 'json', '--out', out],
    { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8', timeout: LONGEST_MS },
  );
  if (error !== undefined)
    return { limiter: `limiter: time (not held within ${LONGEST_MS / 60_000} minutes)` };
  if (status !== 0) return { limiter: `limiter: ${whatStopped(stderr)}` };
  const report: Report = JSON.parse(readFileSync(out, 'utf8'));
  rmSync(out);
  const [round] = report.rounds;
  return round === undefined ? { limiter: report.failure ?? 'no round' } : { round };
}

/** What a run that failed said in the end, by what it ran out of. */
function whatStopped(stderr: string): string {
  const said = stderr.trim().split('\n').at(-1) ?? '';
  if (/EMFILE|may open \d+ files/.test(stderr)) return `open files (${said})`;
  if (/heap out of memory|ENOMEM|SIGKILL/.test(stderr)) return `memory (${said})`;
  if (/timeout|timed out|ETIMEDOUT/i.test(stderr)) return `time (${said})`;
  return said;
}
