import { hasLink } from '../../instrument/link/way.ts';
import { FAULT_NAMES, type Fault, type FaultName, type ResolvedScenario } from '../../measurements.ts';
import { readDuration, readWhole } from '../units.ts';
import { choice, type Reading, ranged } from './field.ts';
import { WINDOW_MS } from './phases.ts';

/** More faults than this are a story that nobody reads. */
export const MOST_FAULTS = 30;

/** What a fault strikes: two at a time on the same part would contradict each other. */
export type Part = 'server' | 'link' | 'redis';

/** The part that a fault strikes. */
export function partOf(name: FaultName): Part {
  if (name.startsWith('server-')) return 'server';
  return name.startsWith('redis-') ? 'redis' : 'link';
}

/** Whether a relay stands between clients and server: for a distance, or for what goes wrong on the way. */
export function hasRelay(scenario: ResolvedScenario): boolean {
  return hasLink(scenario) || scenario.faults.some(({ fault }) => partOf(fault) === 'link');
}

/** Whether something is wrong before the first client comes. */
export function hasStanding({ faults }: Pick<ResolvedScenario, 'faults'>): boolean {
  return faults.some(({ atMs }) => atMs === null);
}

/** Faults that may be there before the first client comes. */
const STANDING: readonly FaultName[] = [
  'upgrade-403',
  'upgrade-dropped',
  'upgrade-200',
  'buffering',
  'link-slow',
];
/** Faults that are over at once. */
const SUDDEN: readonly FaultName[] = ['storm'];

const START = 'start';
const time = (expected: string) => ranged(expected, readDuration, 0, WINDOW_MS.most);

/** What a fault is made of in a file. */
export const faultParts = {
  fault: choice(...FAULT_NAMES),
  at: { expected: `a time after the window's start, such as 500ms or 2s, or ${START}`, read: readAt },
  for: time('a time from 0 to 1h, such as 500ms or 2s'),
  node: ranged('the number of a node, from 1', readWhole, 1, 1000),
};

function readAt(text: string): number | null | undefined {
  return text === START ? null : time('').read(text);
}

/** Faults in one line, as the command line has them: `server-kill at 1s for 2s, storm at 6s`. */
export const faultsReading: Reading<readonly Fault[]> = {
  expected:
    `none, or up to ${MOST_FAULTS} faults such as \`server-kill at 1s for 2s\`: NAME at TIME for TIME, \`on N\` for a node;` +
    ` what stands before clients come is \`at ${START}\`: ${STANDING.join(', ')}. Names: ${FAULT_NAMES.join(', ')}`,
  read(text) {
    if (text === 'none') return [];
    const faults = text.split(',').map((part) => readFault(part.trim()));
    const known = faults.filter((fault) => fault !== undefined);
    if (known.length < faults.length || known.length > MOST_FAULTS) return undefined;
    return known.toSorted((one, other) => (one.atMs ?? -1) - (other.atMs ?? -1));
  },
};

const FAULT = /^(?<fault>[\w-]+) at (?<at>\w[\w.]*)(?: for (?<time>\w[\w.]*))?(?: on (?<node>\w+))?$/;

function readFault(text: string): Fault | undefined {
  const {
    fault = '',
    at = '',
    time: length,
    node = '1',
  } = FAULT.exec(text.replace(/\s+/g, ' '))?.groups ?? {};
  const name = faultParts.fault.read(fault);
  const atMs = faultParts.at.read(at);
  const forMs = length === undefined ? null : faultParts.for.read(length);
  const number = faultParts.node.read(node);
  if (name === undefined || atMs === undefined || forMs === undefined || number === undefined)
    return undefined;
  if (atMs === null && !STANDING.includes(name)) return undefined;
  return { fault: name, atMs, forMs: SUDDEN.includes(name) ? 0 : forMs, node: number };
}
