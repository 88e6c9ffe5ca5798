import { Chalk } from 'chalk';
import { expect, it } from 'vitest';
import type { Round } from '../../src/measurements.ts';
import { formats } from '../../src/report/index.ts';
import { sampleReport } from './sample.ts';

const look = { columns: 10_000, chalk: new Chalk({ level: 0 }) };

function pageOf(change: (round: Round) => Round): string {
  return formats.table(sampleReport({ transports: ['longpoll'], rounds: 3, change }), look);
}

it('tells staleness and what was conflated where there is any', () => {
  const page = pageOf((round) => ({
    ...round,
    staleness: { ...round.latency, p50Ms: 12.5, p99Ms: 340, maxMs: 1500 },
    delivery: { ...round.delivery, conflated: 1000 },
  }));
  expect(page).toMatch(/^Staleness +p50 12\.5 ms · p99 340 ms · at most 1\.5 s without the newest value$/m);
  expect(page).toMatch(/^Delivery .* delivered · 3,000 conflated · 0 lost/m);
  expect(pageOf((round) => round)).not.toMatch(/Staleness|conflated|Channels/);
});

it('tells each channel, and how many connections a client has', () => {
  const page = pageOf((round) => ({
    ...round,
    connectionsPerClient: 2,
    channels: [
      { delivered: 1200, p50Ms: 30, p99Ms: null },
      { delivered: 1201, p50Ms: 1.5, p99Ms: 4 },
    ],
  }));
  const parts = [
    '2 connections a client',
    '0: 1,200 delivered, p50 30 ms, p99 –',
    '1: 1,201 delivered, p50 1.5 ms, p99 4 ms',
  ];
  expect(page).toContain(parts.join(' · '));
});

it('compares the staleness of transports', () => {
  const change = (round: Round): Round => ({ ...round, staleness: { ...round.latency, p99Ms: 777 } });
  const table = formats.table(sampleReport({ transports: ['longpoll', 'websocket'], change }), look);
  expect(table).toMatch(/latency +staleness/);
  expect(table).toContain('777');
  expect(formats.table(sampleReport({ transports: ['longpoll', 'websocket'] }), look)).not.toContain(
    'staleness',
  );
});
