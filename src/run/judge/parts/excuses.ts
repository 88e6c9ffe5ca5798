import type { Flag, FlagCode, Series } from '../../../measurements.ts';
import { hasStanding, partOf } from '../../../plan/fields/faults.ts';
import { STEP_MS } from '../../../timeline.ts';
import type { Evidence } from '../evidence.ts';
import { sumOf } from './series.ts';

/** What any fault may bring about: told of each fault, and no doubt. */
const BY_FAULTS: readonly FlagCode[] = [
  'messages-lost',
  'clients-dropped',
  'not-stationary',
  'still-warming',
];
/** What a server that is stopped, or begins anew, brings about. */
const BY_SERVER_FAULTS: readonly FlagCode[] = ['generator-slipped', 'server-saturated'];
/** What a crowd that comes back at once may bring about: it may be so, and the round tells something nevertheless. */
const IN_CROWDS: readonly FlagCode[] = ['generator-slipped', 'witness-late', 'link-late'];

/** The flags that are left when what faults explain is taken out, and what servers did that ended by themselves. */
export function besideFaults(evidence: Evidence, flags: readonly Flag[], series: Series | null): Flag[] {
  const { scenario, deaths } = evidence;
  const { faults } = scenario;
  const explained = [
    ...(faults.length > 0 ? BY_FAULTS : []),
    ...(faults.some(({ fault }) => partOf(fault) === 'server') ? BY_SERVER_FAULTS : []),
  ];
  const excused: FlagCode[] = [
    ...(faults.length > 0 ? IN_CROWDS : []),
    ...(hasStanding(scenario) ? (['transport-mismatch'] as const) : []),
    // What a server used before it died is not known, and looks like another program's.
    ...(deaths.length > 0 ? (['messages-lost', 'clients-dropped', 'noisy-host'] as const) : []),
  ];
  const left = flags.filter(({ code }) => !explained.includes(code));
  return [
    ...left.map((flag) => (excused.includes(flag.code) ? { ...flag, fatal: false } : flag)),
    ...earlyLossFlags(evidence, series),
    ...deathFlags(evidence),
  ];
}

/** So long before the first fault its loss cannot be the fault's. */
const CLEAR_MS = 1000;

function earlyLossFlags({ scenario }: Evidence, series: Series | null): Flag[] {
  const [first] = scenario.faults;
  const isCutOff = scenario.nodes > 1 && scenario.adapter === 'none';
  if (series === null || first === undefined || isCutOff) return [];
  const steps = Math.max(0, Math.floor(((first.atMs ?? 0) - CLEAR_MS) / STEP_MS));
  const [lost, expected] = [series.lost, series.expected].map((figures) =>
    sumOf(figures.slice(0, steps), (figure) => figure),
  );
  if (lost === undefined || lost === 0) return [];
  const message = `${lost} of ${expected} deliveries never arrived though they were due long before the first fault`;
  return [{ code: 'messages-lost', message, fatal: true }];
}

function deathFlags({ deaths, timeline, scenario }: Evidence): Flag[] {
  const startNs = timeline.epochNs + timeline.windowStartUs * 1000;
  return deaths.map(({ node, atNs, why }) => {
    const who = scenario.nodes === 1 ? 'the server' : `node ${node}`;
    const afterS = ((atNs - startNs) / 1e9).toFixed(1);
    return {
      code: 'server-died',
      message: `${who} ended by itself ${afterS} s into the window: ${why}`,
      // Where things are made to go wrong it is what is to be found.
      fatal: scenario.faults.length === 0,
    };
  });
}
