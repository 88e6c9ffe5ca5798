import { SECONDS } from '../seen/latency.ts';
import type { Sheet } from './sheet.ts';

/** From one millisecond to ten seconds, each tenfold as high as the last. */
const LEAST_MS = 1;
const DECADES = 4;

/** Draws the last minute's latency, a bar a second on a scale of powers of ten, the same for all lanes. */
export function drawHistory(
  { pen, width, height }: Sheet,
  history: readonly (number | null)[],
  colours: { readonly bar: string; readonly line: string },
): void {
  pen.clearRect(0, 0, width, height);
  pen.fillStyle = colours.line;
  for (let decade = 0; decade <= DECADES; decade++) {
    pen.fillRect(0, Math.round((height - 1) * (1 - decade / DECADES)), width, 1);
  }
  pen.fillStyle = colours.bar;
  const wide = width / SECONDS;
  for (const [index, latencyMs] of history.entries()) {
    if (latencyMs === null) continue;
    const high = height * Math.min(1, Math.log10(Math.max(latencyMs, LEAST_MS) / LEAST_MS) / DECADES);
    const least = Math.max(2, high);
    pen.fillRect(width - (history.length - index) * wide, height - least, Math.max(1, wide - 1), least);
  }
}
