import { expect, test } from 'vitest';
import type { LinkCost, ResolvedScenario } from '../../src/measurements.ts';
import { plain } from '../../src/report/numbers.ts';
import { factsOf } from '../../src/report/terminal/run/facts.ts';
import { workloadOf } from '../../src/report/words/header.ts';
import { sampleReport } from './sample.ts';

const report = sampleReport({ transports: ['websocket'] });

function head(link: Partial<ResolvedScenario>): string {
  return workloadOf({ ...report, scenario: { ...report.scenario, ...link } }).join(' · ');
}

test('the header tells the link in the words of the options, and nothing where there is none', () => {
  expect(head({})).not.toMatch(/RTT|bit\/s/);
  expect(head({ rttMs: 50 })).toContain(' · RTT 50 ms · ');
  expect(head({ rttMs: 2000, jitterMs: 5 })).toContain(' · RTT 2 s (each way ± 5 ms) · ');
  expect(head({ rttMs: 50, bandwidthBitsPerSecond: 1e7 })).toContain(' · RTT 50 ms · 10 Mbit/s a client · ');
  expect(head({ bandwidthBitsPerSecond: 500_000 })).toContain(' · 500 kbit/s a client · ');
});

test('a page tells what the relay added, in the middle of its rounds', () => {
  const linkOf = (costs: readonly LinkCost[]) => {
    const rounds = report.rounds.map((round, index) => ({ ...round, link: costs[index] ?? null }));
    return factsOf(rounds, rounds, report.scenario).find(({ label }) => label === 'Link')?.parts;
  };
  const cost = (lateP50Ms: number) => ({ lateP50Ms, lateP99Ms: 10 * lateP50Ms, connections: 200 });
  const spread = report.rounds.map((_, index) => cost(0.2 + 0.1 * index));
  const middle = 0.2 + 0.1 * ((spread.length - 1) / 2);
  expect(linkOf(spread)).toEqual([
    `the relay added p50 ${plain(middle)} ms, p99 ${plain(10 * middle)} ms`,
    '200 connections',
  ]);
  expect(linkOf([])).toBeUndefined();
});
