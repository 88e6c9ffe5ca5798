import type { Gate, Report, Round } from '../../measurements.ts';
import { counted } from '../words/text.ts';
import type { Writer } from '../writer.ts';
import { documentOf, type Element, element } from './xml.ts';

/** A test case for each gate, and one for each transport's rounds, as CI systems read them. */
export const junit: Writer = (report) => {
  const { gates, baseline, finishedAt } = report;
  const ofKind = (kind: Gate['kind']) => gates.filter((gate) => gate.kind === kind).map(caseOfGate);
  const [thresholds, regressions] = [ofKind('threshold'), ofKind('baseline')];
  const notes = baseline?.notes.map((note, index): Property => [`note ${index + 1}`, note]) ?? [];
  const suites = [
    ...(thresholds.length === 0 ? [] : [suiteOf('thresholds', finishedAt, [], thresholds)]),
    ...(baseline === null
      ? []
      : [
          suiteOf(
            'baseline',
            finishedAt,
            [['file', baseline.file], ['startedAt', baseline.startedAt], ...notes],
            regressions,
          ),
        ]),
    suiteOf('rounds', finishedAt, settingOf(report), casesOfRounds(report)),
  ];
  return documentOf(element('testsuites', { name: 'rtbench' }, suites));
};

type Property = readonly [name: string, value: string];

interface Case {
  readonly element: Element;
  readonly outcome: 'passed' | 'failure' | 'error';
}

function suiteOf(
  name: string,
  timestamp: string,
  properties: readonly Property[],
  cases: readonly Case[],
): Element {
  const count = (wanted: Case['outcome']) => cases.filter(({ outcome }) => outcome === wanted).length;
  const told = properties.map(([key, value]) => element('property', { name: key, value }));
  const counts = { tests: cases.length, failures: count('failure'), errors: count('error'), skipped: 0 };
  return element('testsuite', { name, timestamp, ...counts }, [
    ...(told.length === 0 ? [] : [element('properties', {}, told)]),
    ...cases.map((one) => one.element),
  ]);
}

function caseOfGate({ rule, place, passed, found }: Gate): Case {
  const result = passed ? element('system-out', {}, found) : element('failure', { message: found });
  return {
    element: element('testcase', { classname: place, name: rule }, [result]),
    outcome: passed ? 'passed' : 'failure',
  };
}

function casesOfRounds({ summaries, rounds }: Report): Case[] {
  return summaries.map(({ transport }) => {
    const own = rounds.filter((round) => round.transport === transport);
    const error = errorOf(own);
    const time = own.reduce((sum, { windowMs }) => sum + windowMs, 0) / 1000;
    const attributes = { classname: 'rounds', name: transport, time };
    return {
      element: element('testcase', attributes, error === undefined ? [] : [error]),
      outcome: error === undefined ? 'passed' : 'error',
    };
  });
}

/** What was not measured, or not so that it can be believed. */
function errorOf(rounds: readonly Round[]): Element | undefined {
  if (rounds.length === 0) return element('error', { message: 'no round was finished' });
  const invalid = rounds.filter(({ valid }) => !valid);
  if (invalid.length === 0) return undefined;
  const fatal = invalid.flatMap(({ flags }) => flags.filter((flag) => flag.fatal));
  const told = [...new Set(fatal.map(({ code, message }) => `${code}: ${message}`))].join('; ');
  return element(
    'error',
    { message: `${invalid.length} of ${counted(rounds.length, 'round')} invalid` },
    told,
  );
}

/** What was measured, where and with what. */
function settingOf({ rtbench, scenario, machine }: Report): Property[] {
  return [
    ['rtbench', rtbench],
    ['scenario', scenario.name],
    ['cpu', machine.cpu],
    ['cores', String(machine.cores)],
    ['memoryBytes', String(machine.memoryBytes)],
    ['os', machine.os],
    ['node', machine.node],
    ['isolation', machine.isolation],
    ...Object.entries(machine.packages),
  ];
}
