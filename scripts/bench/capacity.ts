import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Capacity } from '../../src/measurements.ts';
import { BIN } from './product.ts';
import type { Add } from './rows.ts';

const FAMILIES = ['--transports', 'polling,longpoll,streaming,websocket,socketio'];
/** Polling can meet the bound only where it asks more often than that. */
const BOUND = ['--slo', 'p99<100ms', '--poll-interval', '50ms'];

/** Both questions, each from a load that every family carries. */
const QUESTIONS: Readonly<Record<string, readonly string[]>> = {
  'capacity-rate': ['--clients', '100', '--rate', '80', '--max-time', '75s'],
  'capacity-clients': [
    ...['--vary', 'clients', '--rate', '1', '--clients', '1000'],
    ...['--duration', '3s', '--max-time', '95s'],
  ],
};

const OF_THE_SERVER = ['server-cpu', 'server-loop'];

/** What each family carries, and whether its server was what kept it from more; the results can be published. */
export function capacities(add: Add): void {
  const folder = join(tmpdir(), 'rtbench-capacity');
  mkdirSync(folder, { recursive: true });
  for (const [name, question] of Object.entries(QUESTIONS)) {
    const out = join(folder, `${name}.json`);
    const call = ['capacity', ...FAMILIES, ...BOUND, ...question, '--out', out];
    const { status } = spawnSync(process.execPath, [BIN, ...call], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (status !== 0) throw new Error(`rtbench ${call.join(' ')} ended with ${status}`);
    const capacity: Capacity = JSON.parse(readFileSync(out, 'utf8'));
    for (const { transport, answer } of capacity.transports) {
      const { kind, value, deliveriesPerCoreSecond, limiter, atLimit } = answer;
      const most = kind === 'at-least' ? '≥ ' : '';
      const amount =
        capacity.vary === 'rate'
          ? `${Math.round(deliveriesPerCoreSecond ?? 0)} deliveries/s and core`
          : `${value ?? 0} clients at 1 msg/s`;
      const [server, clients] = [atLimit?.serverCoreShare, atLimit?.driverCoreShare].map(
        (share) => `${Math.round((share ?? 0) * 100)}%`,
      );
      const figure = `${most}${amount}; ${limiter} (server ${server}, clients' side ${clients})`;
      const met = kind === 'capacity' && OF_THE_SERVER.includes(limiter);
      add(`capacity at p99 < 100 ms, ${transport}, ${capacity.vary} varied`, figure, 'server', met);
    }
    console.error(`kept ${out}`);
  }
}
