import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** Nanoseconds on the monotonic clock that all processes of this host share. */
export function nowNs(): number {
  // Half of what the same costs as a bigint, for each message that arrives; whole nanoseconds are exact for a hundred days.
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e9 + nanoseconds;
}

/** Microseconds since an instant of that clock. */
export function sinceUs(epochNs: number): number {
  return (nowNs() - epochNs) / 1000;
}

/** Resolves at an instant of the shared clock; late by what the event loop is late. A process that has nothing else to do does not wait for it. */
export function until(instantNs: number): Promise<void> {
  const waitMs = Math.ceil((instantNs - nowNs()) / 1e6);
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, waitMs)).unref());
}

/** The finest step that two readings in a row show. */
export function clockStepNs(): number {
  let finest = Number.POSITIVE_INFINITY;
  for (let reading = 0; reading < 1000; reading++) {
    const stepNs = Number(-process.hrtime.bigint() + process.hrtime.bigint());
    if (stepNs > 0) finest = Math.min(finest, stepNs);
  }
  return finest;
}

/** What a promise brings, or undefined where that takes longer. */
export async function within<Value>(ms: number, promise: Promise<Value>): Promise<Value | undefined> {
  const answered = new AbortController();
  const late = sleep(ms, undefined, { signal: answered.signal }).catch(() => undefined);
  try {
    return await Promise.race([promise, late]);
  } finally {
    answered.abort();
  }
}

const LOOK_AGAIN_MS = 10;

/** Whether something comes true in time; it is looked at again and again, until `signal` ends that. */
export async function comesTrue(
  isTrue: () => boolean | Promise<boolean>,
  withinMs: number,
  signal?: AbortSignal,
): Promise<boolean> {
  const endsMs = performance.now() + withinMs;
  while (!(await isTrue())) {
    signal?.throwIfAborted();
    if (performance.now() > endsMs) return false;
    await sleep(LOOK_AGAIN_MS);
  }
  return true;
}

/** Resolves when it is aborted, at once where it is already. */
export async function untilAborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
