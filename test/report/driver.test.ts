import { expect, test } from 'vitest';
import type { DriverCost, Round } from '../../src/measurements.ts';
import { driverParts } from '../../src/report/terminal/run/costs.ts';
import { driverBytesPerClient, driverOverServer, driverUsPerMessage } from '../../src/stats/index.ts';
import { sampleReport } from './sample.ts';

const { rounds, scenario } = sampleReport({ transports: ['websocket'], rounds: 1 });

function round(driver: Partial<DriverCost>): Round {
  const [sample] = rounds;
  if (sample === undefined) throw new Error('no round');
  return {
    ...sample,
    delivery: { ...sample.delivery, arrivedInWindow: 1000 },
    server: { ...sample.server, cpuUserUs: 8000, cpuSystemUs: 2000 },
    driver: { ...sample.driver, cpuUs: 4500, clients: 90, arrivedInWindow: 900, ...driver },
  };
}

const HELD = { heapBytes: 5e6 + 90 * 2800, heapIdleBytes: 5e6 };

test("the crowd's CPU is divided by what it received itself, witnesses apart, and its memory by its clients", () => {
  expect(driverUsPerMessage(round({}))).toBe(5);
  expect(driverOverServer(round({}))).toBe(0.5);
  expect(driverBytesPerClient(round(HELD))).toBe(2800);
});

test('an older report knows only what all received, and nothing of memory', () => {
  const older = round({ clients: null, arrivedInWindow: null, heapBytes: null, heapIdleBytes: null });
  expect(driverUsPerMessage(older)).toBe(4.5);
  expect(driverBytesPerClient(older)).toBeNull();
});

test('where nothing came or nothing was spent there is no figure', () => {
  expect(driverUsPerMessage(round({ arrivedInWindow: 0 }))).toBeNull();
  const { server } = round({});
  expect(driverOverServer({ ...round({}), server: { ...server, cpuUserUs: 0, cpuSystemUs: 0 } })).toBeNull();
});

test('a page tells what the crowd is made of, and that witnesses alone are the real clients', () => {
  const told = (clients: number) => driverParts([round(HELD)], { ...scenario, clients }).join(' · ');
  expect(told(200)).toMatch(/^lean clients in 1 process · 5\.00 µs a message \(0\.50× the server's\) · /);
  expect(told(200)).toContain('2.8 KB of heap a client');
  expect(told(scenario.witnesses)).toMatch(/^library clients/);
});
