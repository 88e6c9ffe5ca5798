/**
 * Breaks the instrument in the real processes, by NODE_OPTIONS=--import; RTBENCH_TEST_FAULT says what. A calibration
 * that does not go red over each of these would not be one.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { Socket } from 'node:net';
import perfHooks from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';
import { Int32Histogram } from 'hdr-histogram-js';

const role = process.env.RTBENCH_ROLE;

/** Every latency passes through here on its way into the record. */
function readLatency(as: (us: number) => number): void {
  const record: unknown = Int32Histogram.prototype.recordValue;
  if (role !== 'clients' || typeof record !== 'function') return;
  const value = function (this: Int32Histogram, us: number): void {
    Reflect.apply(record, this, [Math.round(as(us))]);
  };
  Object.defineProperty(Int32Histogram.prototype, 'recordValue', { value });
}

function readCpu(as: (used: NodeJS.CpuUsage) => NodeJS.CpuUsage): void {
  const cpuUsage = process.cpuUsage.bind(process);
  process.cpuUsage = Object.assign(() => as(cpuUsage()), cpuUsage);
}

const faults: Record<string, () => void> = {
  'latency-too-low': () => readLatency((us) => us * 0.9),
  'stalls-left-out': () => readLatency((us) => Math.min(us, 20_000)),
  'busy-drivers-unseen': () => {
    if (role !== 'clients') return;
    readCpu(() => ({ user: 0, system: 0 }));
    const still = { enable: () => true, disable: () => true, count: 0, percentile: () => 0 };
    Object.assign(perfHooks, { monitorEventLoopDelay: () => still });
    syncBuiltinESMExports();
  },
  'bytes-too-many': () => {
    if (role !== 'server') return;
    const { get } = Object.getOwnPropertyDescriptor(Socket.prototype, 'bytesWritten') ?? {};
    const value = function (this: Socket): number {
      return Math.round(Number(get?.call(this)) * 1.01);
    };
    Object.defineProperty(Socket.prototype, 'bytesWritten', { get: value });
  },
  'repeats-pass-for-late': () => {
    if (role === 'clients') Object.defineProperty(Set.prototype, 'delete', { value: () => true });
  },
  'cpu-halved': () => {
    if (role === 'server') readCpu(({ user, system }) => ({ user: user / 2, system: system / 2 }));
  },
  'buffers-unseen': () => {
    if (role !== 'server') return;
    const memoryUsage = process.memoryUsage;
    process.memoryUsage = Object.assign(() => ({ ...memoryUsage(), external: 0 }), { rss: memoryUsage.rss });
  },
  'blind-to-change': () => {
    // The server costs the same whatever it does, its generator is late at random, the yardstick's clock ticks evenly.
    if (role === 'server') readCpu(() => ({ user: 0, system: process.uptime() * 150_000 }));
    if (role === 'server' && !isMainThread) lateAtRandom();
    if (role !== 'yardstick') return;
    let evenNs = 0;
    const hrtime = (): [number, number] => {
      evenNs += 5_000_000;
      return [Math.floor(evenNs / 1e9), evenNs % 1e9];
    };
    process.hrtime = Object.assign(hrtime, { bigint: process.hrtime.bigint });
  },
};

/** Half of all waits take longer, by what this process has drawn. */
function lateAtRandom(): void {
  const wait = Atomics.wait;
  const extraMs = 20 + 15 * Math.random();
  const value = (cells: Int32Array, index: number, expected: number, ms: number) =>
    wait(cells, index, expected, Math.random() < 0.5 ? ms + extraMs : ms);
  Object.defineProperty(Atomics, 'wait', { value });
}

/** What other programs do here would make rounds invalid, and is not what is tested: no process is told of it. */
function overlookOtherPrograms(): void {
  const read = fs.readFileSync;
  const readFileSync = (...wanted: Parameters<typeof read>) =>
    wanted[0] === '/proc/stat' ? '' : read(...wanted);
  Object.assign(fs, { readFileSync });
  syncBuiltinESMExports();
}

overlookOtherPrograms();
faults[process.env.RTBENCH_TEST_FAULT ?? '']?.();
