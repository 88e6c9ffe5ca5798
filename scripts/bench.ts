/**
 * Measures the instrument against its own targets: prints a table, keeps it under results/bench/. `npm run bench -- models`
 * runs one part, `-- crowd websocket` one for one transport; with `--quick` it only tries them in small, and keeps nothing.
 */
import type { Report, Round } from '../src/measurements.ts';
import { capacity } from './bench/capacity.ts';
import { crowd } from './bench/crowd/crowd.ts';
import { saturation } from './bench/crowd/saturation.ts';
import { models, precision } from './bench/models.ts';
import { overhead } from './bench/overhead/overhead.ts';
import { measure } from './bench/product.ts';
import { type Add, Rows } from './bench/rows.ts';
import { sameness } from './bench/sameness.ts';
import { scale } from './bench/scale.ts';
import { readCall, type Scope } from './bench/scope.ts';

function sum(rounds: readonly Round[], of: (round: Round) => number): number {
  return rounds.reduce((total, round) => total + of(round), 0);
}

function firstRound(report: Report): Round {
  const [round] = report.rounds;
  if (round === undefined) throw new Error('a report without a round');
  return round;
}

function cpuRatios(report: Report): Map<string, number> {
  const cpu = report.comparisons.filter(({ metric }) => metric === 'serverCpuPerMessageUs');
  return new Map(cpu.map(({ transport, ratio }) => [transport, ratio]));
}

function compareTwice(add: Add): void {
  const first = measure(['compare']);
  const second = measure(['compare']);
  const rounds = [...first.report.rounds, ...second.report.rounds];
  const seconds = Math.max(first.seconds, second.seconds);
  add(
    'compare with defaults',
    `${first.seconds.toFixed(1)} s, ${second.seconds.toFixed(1)} s`,
    '< 80 s',
    seconds < 80,
  );
  const lost = sum(rounds, (round) => round.delivery.lost);
  add(
    'compare: messages lost',
    `${lost} of ${sum(rounds, (round) => round.delivery.expected)}`,
    '0',
    lost === 0,
  );
  const invalid = rounds.filter((round) => !round.valid).length;
  add('compare: rounds with a fatal flag', `${invalid} of ${rounds.length}`, '0', invalid === 0);
  const again = cpuRatios(second.report);
  for (const [transport, ratio] of cpuRatios(first.report)) {
    const change = (again.get(transport) ?? 0) / ratio - 1;
    const figure = `×${ratio.toFixed(2)}, then ×${again.get(transport)?.toFixed(2)} (${(change * 100).toFixed(1)}%)`;
    add(`CPU per message, ${transport} / websocket, two runs`, figure, '± 10%', Math.abs(change) <= 0.1);
  }
}

function connectMany(add: Add, transport: string, targetSeconds: number): void {
  const call = ['run', '--transport', transport, '--clients', '10000', '--rate', '1', '--duration', '3s'];
  const round = firstRound(measure([...call, '--rounds', '1']).report);
  const seconds = round.connect.totalMs / 1000;
  add(
    `10,000 ${transport} clients connect`,
    `${seconds.toFixed(1)} s`,
    `< ${targetSeconds} s`,
    seconds < targetSeconds,
  );
  const { delivered, expected } = round.delivery;
  const all = delivered === expected && expected === 30_000;
  add(`10,000 ${transport} clients, 1 msg/s`, `${delivered} of ${expected} delivered`, 'all', all);
}

const PARTS: Readonly<Record<string, (add: Add, scope: Scope) => void | Promise<void>>> = {
  compare: compareTwice,
  connect(add) {
    connectMany(add, 'websocket', 10);
    connectMany(add, 'socketio-websocket', 25);
    connectMany(add, 'socketio', 25);
  },
  crowd,
  saturation,
  overhead,
  'capacity-rate': (add) => capacity('capacity-rate', add),
  'capacity-clients': (add) => capacity('capacity-clients', add),
  models,
  precision,
  sameness,
  scale,
};

const names = Object.keys(PARTS);
// What takes a quarter of an hour, or all the memory there is, must be named.
const usual = names.filter((name) => name !== 'scale' && !name.startsWith('capacity'));
const { parts, scope } = readCall(process.argv.slice(2), names, usual);
const rows = new Rows();
for (const part of parts) await PARTS[part]?.(rows.of(part, scope.isWhole), scope);
console.log(scope.quick ? rows.table(parts) : rows.keep(names));
