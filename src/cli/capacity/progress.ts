import type { CapacityEvent } from '../../capacity/index.ts';
import type { CapacityStep } from '../../measurements.ts';
import type { Look } from '../../report/index.ts';
import { isLive, openLine, type Terminal, timeLeft } from '../progress.ts';

/** Shows how a search goes on. */
interface Progress {
  observe(event: CapacityEvent): void;
  end(): void;
}

/** One live line on a terminal, a line per finished step elsewhere, nothing where `quiet`. */
export async function showSearch(stream: Terminal, look: Look, quiet: boolean): Promise<Progress> {
  if (quiet) return { observe: () => undefined, end: () => undefined };
  const line = isLive(stream) ? await openLine(stream, look) : undefined;
  return {
    observe(event) {
      if (event.kind === 'round') {
        line?.show(`${event.transport} · ${event.value} · ${event.stage}`);
      } else if (event.kind === 'step') {
        const told = `${event.transport} · ${outcome(event.step)}`;
        if (line !== undefined) line.show(told, event.remainingMs);
        else stream.write(`${told} · at most ${timeLeft(event.remainingMs)}\n`);
      } else {
        const told = `${event.transport} · asking the endpoint with autocannon`;
        if (line !== undefined) line.show(told, 0);
        else stream.write(`${told}\n`);
      }
    },
    end: () => line?.end(),
  };
}

/** One finished step in a few words. */
export function outcome({
  clients,
  ratePerSecond,
  verdict,
  limiter,
  why,
  latency,
  ...step
}: CapacityStep): string {
  const p99 = latency?.p99Ms == null ? [] : [`p99 ${Number(latency.p99Ms.toPrecision(3))} ms`];
  const all = step.rounds + step.spoilt;
  const rounds = all > 1 ? [`${all} rounds`] : [];
  const judged = verdict === 'pass' ? 'ok' : `${limiter}: ${why}`;
  return [`${clients} clients × ${ratePerSecond} msg/s`, ...p99, ...rounds, judged].join(' · ');
}
