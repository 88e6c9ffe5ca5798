import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { markdownTable } from 'markdown-table';
import type { Crowd } from '../../../src/measurements.ts';
import { transports } from '../../../src/transports/index.ts';
import { FOLDER } from '../rows.ts';
import { middlesOf } from './middles.ts';
import type { Outcome } from './pairs.ts';
import { DRIVER_OVER_SERVER } from './targets.ts';

const KEPT = join(FOLDER, 'crowd.json');

/** Keeps outcomes beside those of other transports that were kept before, and writes them all as a page. */
export function keepOutcomes(fresh: readonly Outcome[]): void {
  const all = [
    ...kept().filter((old) => fresh.every(({ transport }) => transport !== old.transport)),
    ...fresh,
  ];
  const ordered = transports.flatMap(({ name }) => all.filter(({ transport }) => transport === name));
  writeFileSync(KEPT, `${JSON.stringify(ordered, null, 2)}\n`);
  writeFileSync(join(FOLDER, 'crowd.md'), pageOf(ordered));
}

function kept(): Outcome[] {
  try {
    return JSON.parse(readFileSync(KEPT, 'utf8'));
  } catch {
    return [];
  }
}

/** Both crowds side by side, and what is to be known of single rows. */
export function pageOf(outcomes: readonly Outcome[]): string {
  const times = outcomes.map(({ at }) => at).toSorted();
  const pairs = Math.max(...outcomes.map((outcome) => outcome.pairs.length));
  const notes = outcomes.flatMap(notesOf);
  return `# Lean and library crowds side by side, ${times[0]} to ${times.at(-1)} UTC

${outcomes[0]?.clients.toLocaleString('en-US')} clients; CPU in µs a message, of the driver for what the crowd received and of the server for what it delivered.
Medians of ${pairs} pairs of rounds, one right after the other, their order swapped each time; memory is the driver's heap for one client.

${tableOf(outcomes)}

A driver / server ratio below 1 is what leaves a server on one core the limit, where the drivers have another.
${notes.map((note) => `\n- ${note}`).join('')}
`;
}

function tableOf(outcomes: readonly Outcome[]): string {
  const head = [
    'transport',
    'msg/s each',
    'driver lean',
    'library',
    'server under lean',
    'library',
    'lean / library',
  ];
  const last = ['driver / server, lean', 'library', 'target', '', 'KB a client, lean', 'library'];
  return markdownTable([[...head, ...last], ...outcomes.map(rowOf)], {
    align: ['l', ...Array.from({ length: head.length + last.length - 1 }, () => 'r')],
  });
}

function rowOf(outcome: Outcome): string[] {
  const { transport, ratePerSecond } = outcome;
  const middles = middlesOf(outcome);
  const { lean, library } = middles;
  const target = DRIVER_OVER_SERVER[transport] ?? Number.NaN;
  const figures = [lean.driverUs, library.driverUs, lean.serverUs, library.serverUs].map((us) =>
    us.toFixed(1),
  );
  return [
    ...[transport, String(ratePerSecond), ...figures, middles.serverOverServer.toFixed(2)],
    ...[lean.ratio.toFixed(2), library.ratio.toFixed(2), `≤ ${target.toFixed(1)}`],
    lean.ratio <= target ? 'met' : 'missed',
    ...[lean, library].map(({ bytesPerClient }) => (bytesPerClient / 1000).toFixed(1)),
  ];
}

function notesOf({ transport, ratePerSecond, lostAt, pairs }: Outcome): string[] {
  const told = (crowd: Crowd, code: string, what: string) => {
    const rounds = pairs.filter((pair) => pair[crowd].flags.includes(code)).length;
    return rounds === 0
      ? []
      : [`${what} under the ${crowd} crowd in ${rounds} of ${pairs.length} rounds; the ratio holds`];
  };
  const lost =
    lostAt.length === 0
      ? []
      : [`deliveries were lost at ${lostAt.join(' and ')} msg/s a client, hence ${ratePerSecond}`];
  const limits = (['lean', 'library'] as const).flatMap((crowd) => [
    ...told(crowd, 'server-saturated', 'the server was at its limit'),
    ...told(crowd, 'driver-saturated', 'the driver was near or at its limit'),
  ]);
  return [...lost, ...limits].map((note) => `${transport}: ${note}`);
}
