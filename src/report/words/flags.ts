import type { Flag, FlagCode, Report, Round } from '../../measurements.ts';
import { nameOf } from './labels.ts';
import { clean, counted } from './text.ts';

/** What to do about each flag. */
const REMEDIES: Readonly<Record<FlagCode, string>> = {
  'driver-saturated': 'Lower --clients or --rate, or use a machine with more cores.',
  'witness-late': 'Lower the load or free a core.',
  'generator-slipped': 'Lower --rate or --clients.',
  'server-saturated': 'Its latency is mostly queueing; lower --rate or --clients.',
  'noisy-host': 'Close other programs, or measure again when the machine is quiet.',
  'messages-lost': 'Lower --rate or --clients, or see whether clients were dropped.',
  'messages-unexpected': 'The transport duplicates or leaks messages; please report it.',
  'messages-misdirected': 'The transport or the application leaks between rooms; please report it.',
  'clients-dropped': 'Lower the load, or see `rtbench doctor` for limits.',
  'transport-mismatch': 'See that nothing between client and server refuses it.',
  'not-stationary': 'Lower --rate or --clients, or lengthen --duration.',
  'still-warming': 'Lengthen --warmup.',
  'speed-drifted': 'Trust CPU ratios more than CPU figures, or measure again.',
  'too-few-samples': 'Raise --rate or lengthen --duration.',
  'link-late': 'Lower the load, or free a core for the relay.',
  'model-deviates':
    'Something beyond protocol and distance is at work: see the other notes, or ask a capture.',
  'window-uneven': 'Make --duration a multiple of it, so that each client is heard from equally often.',
  'outlier-round': 'It counts like any other; measure more rounds if it moves the result.',
  'history-lost': 'See whether the store still runs and has room.',
  'server-died': 'A server ended though nobody ended it: its last words are in the message.',
};

/** A flag that any number of rounds bear, told once. */
export interface Note {
  readonly code: FlagCode;
  readonly fatal: boolean;
  readonly text: string;
}

interface Bearing {
  readonly round: Round;
  readonly flag: Flag;
}

/** Naming more transports than this tells less than the count does. */
const MOST_SPREAD = 3;

/** Every flag of the report, told once each with its count, what it says and what to do; the gravest first. */
export function notesOf({ rounds }: Pick<Report, 'rounds'>): Note[] {
  const bearings = rounds.flatMap((round) => round.flags.map((flag) => ({ round, flag })));
  const groups = [...Map.groupBy(bearings, ({ flag }) => flag.code)];
  return groups
    .map(([code, group]) => ({
      code,
      group: group.toSorted((a, b) => Number(b.flag.fatal) - Number(a.flag.fatal)),
    }))
    .toSorted((a, b) => gravity(b.group) - gravity(a.group))
    .map(({ code, group }) => noteOf(code, group, rounds));
}

function noteOf(code: FlagCode, group: readonly Bearing[], rounds: readonly Round[]): Note {
  const borne = [...new Set(group.map(({ round }) => round))];
  const left = new Set(group.filter(({ flag }) => flag.fatal).map(({ round }) => round)).size;
  const messages = [...new Set(group.map(({ flag }) => clean(flag.message).replace(/[.\s]+$/, '')))];
  const told = messages.length > 1 ? `for one, ${messages[0]}` : messages[0];
  const text = `${code} in ${placeOf(borne, rounds)}${leftOut(left, borne.length)}: ${told}. ${REMEDIES[code]}`;
  return { code, fatal: left > 0, text };
}

function placeOf(borne: readonly Round[], rounds: readonly Round[]): string {
  const transports = [...new Set(borne.map(({ transport }) => transport))];
  const only = transports.length === 1 ? transports[0] : undefined;
  const all = only === undefined ? rounds : rounds.filter(({ transport }) => transport === only);
  const share = shareOf(borne.length, all.length);
  if (only !== undefined) return `${share} of ${nameOf(only)}`;
  return transports.length > MOST_SPREAD ? share : `${share} (${spread(transports, borne)})`;
}

function shareOf(borne: number, all: number): string {
  if (borne < all) return `${borne} of ${counted(all, 'round')}`;
  return all === 1 ? 'the only round' : `all ${counted(all, 'round')}`;
}

function leftOut(left: number, borne: number): string {
  if (left === 0) return '';
  return left === borne
    ? ', left out of figures and verdicts'
    : `, ${left} of them left out of figures and verdicts`;
}

function spread(transports: readonly string[], borne: readonly Round[]): string {
  return transports
    .map((name) => `${nameOf(name)} ${borne.filter(({ transport }) => transport === name).length}`)
    .join(', ');
}

/** Flags that made rounds invalid come before any that did not. */
function gravity(group: readonly Bearing[]): number {
  const fatal = group.filter(({ flag }) => flag.fatal).length;
  return group.length + fatal * 1e6;
}
