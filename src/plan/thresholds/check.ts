import { suggestion } from '../wording.ts';
import { readThreshold } from './read.ts';
import { refusal } from './refusal.ts';
import { EVERY, instancesOf, overlaid, type Term, type Threshold } from './threshold.ts';

/** What a command measures, or a saved report has. */
interface Measured {
  readonly transports: readonly string[];
  /** By name; empty where the rate is the same throughout. */
  readonly phases: readonly string[];
}

/** What must hold: the options over the scenario's, each about something that is measured. */
export function plannedThresholds(
  options: readonly string[],
  ofScenario: readonly Threshold[],
  measured: Measured,
): readonly Threshold[] {
  const typed = options.map((text) => readThreshold(text, '--fail-if'));
  const thresholds = overlaid(ofScenario, typed);
  for (const threshold of thresholds) check(threshold, measured);
  return thresholds;
}

function check(threshold: Threshold, measured: Measured): void {
  const { value, over } = threshold;
  for (const term of over === null ? [value] : [value, over]) checkTerm(threshold, term, measured);
  if (instancesOf(threshold, measured.transports).length > 0) return;
  const what = 'compare two transports, of which only one is measured here';
  throw refusal(threshold, value.at, what, threshold.text);
}

function checkTerm(
  threshold: Threshold,
  { at, transport, phase }: Term,
  { transports, phases }: Measured,
): void {
  const { text } = threshold;
  if (transport !== EVERY && !transports.includes(transport)) {
    const what = `name a transport that is measured here (${transports.join(', ')})`;
    throw refusal(threshold, at, what, transport);
  }
  if (phase === null || phases.includes(phase)) return;
  const what =
    phases.length === 0 ? 'name no phase, since there is none' : `name one of ${phases.join(', ')}`;
  throw refusal(threshold, text.indexOf(`.${phase}.`, at) + 1, what, phase, suggestion(phase, phases));
}
