import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Capacity, CapacityAnswer } from '../../src/measurements.ts';
import { BIN } from './product.ts';
import type { Add } from './rows.ts';

const FAMILIES = ['--transports', 'polling,longpoll,streaming,websocket,socketio'];
/** Polling can meet the bound only where it asks more often than that. */
const BOUND = ['--slo', 'p99<100ms', '--poll-interval', '50ms'];

/** Both questions, each from a load that every family carries. */
export const QUESTIONS = {
  'capacity-rate': ['--clients', '500', '--rate', '40', '--max-time', '75s'],
  'capacity-clients': [
    ...['--vary', 'clients', '--rate', '1', '--clients', '1000'],
    ...['--duration', '3s', '--max-time', '95s'],
  ],
} as const;

const OF_THE_SERVER = ['server-cpu', 'server-loop'];

/** What each family carries, and whether its server was what kept it from more; the result can be published. */
export function capacity(name: keyof typeof QUESTIONS, add: Add): void {
  const folder = join(tmpdir(), 'rtbench-capacity');
  mkdirSync(folder, { recursive: true });
  const out = join(folder, `${name}.json`);
  const call = ['capacity', ...FAMILIES, ...BOUND, ...QUESTIONS[name], '--out', out];
  const { status } = spawnSync(process.execPath, [BIN, ...call], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`rtbench ${call.join(' ')} ended with ${status}`);
  const found: Capacity = JSON.parse(readFileSync(out, 'utf8'));
  for (const { transport, answer } of found.transports) {
    const { kind, limiter } = answer;
    const [server, clients] = [answer.atLimit?.serverCoreShare, answer.atLimit?.driverCoreShare].map(
      (share) => (share == null ? '–' : `${Math.round(share * 100)}%`),
    );
    const figure = `${amountOf(found, answer)}; ${limiter} (server ${server}, clients' side ${clients})`;
    const met = kind === 'capacity' && OF_THE_SERVER.includes(limiter);
    add(`capacity at p99 < 100 ms, ${transport}, ${found.vary} varied`, figure, 'server', met);
  }
  console.error(`kept ${out}`);
}

function amountOf({ vary }: Capacity, { kind, value, deliveriesPerCoreSecond }: CapacityAnswer): string {
  const most = kind === 'at-least' ? '≥ ' : '';
  return vary === 'rate'
    ? `${most}${Math.round(deliveriesPerCoreSecond ?? 0).toLocaleString('en-US')} deliveries/s and core`
    : `${most}${(value ?? 0).toLocaleString('en-US')} clients at 1 msg/s`;
}
