import { withBench } from '../instrument.ts';
import type { Add } from '../rows.ts';
import type { Scope } from '../scope.ts';
import { middlesOf } from './middles.ts';
import { type Outcome, pairsOf } from './pairs.ts';
import { keepOutcomes, pageOf } from './table.ts';
import { DRIVER_OVER_SERVER, WEBSOCKET } from './targets.ts';

/** Both crowds side by side over each transport: what a message costs the driver and, under either, the server. */
export function crowd(add: Add, scope: Scope): Promise<void> {
  return withBench(async (bench) => {
    const outcomes: Outcome[] = [];
    for (const transport of scope.transports) {
      const outcome = await pairsOf(bench, transport, scope);
      outcomes.push(outcome);
      judge(add, outcome);
    }
    console.error(`\n${pageOf(outcomes)}`);
    if (!scope.quick) keepOutcomes(outcomes);
  });
}

function judge(add: Add, outcome: Outcome): void {
  const { transport, ratePerSecond } = outcome;
  const { lean, library } = middlesOf(outcome);
  const target = DRIVER_OVER_SERVER[transport] ?? Number.NaN;
  const what = `driver / server CPU per message, ${transport}, lean crowd`;
  const figure = `${lean.ratio.toFixed(2)} at ${ratePerSecond} msg/s (library ${library.ratio.toFixed(2)})`;
  add(what, figure, `≤ ${target}`, lean.ratio <= target);
  if (transport !== 'websocket') return;
  const us = `${lean.driverUs.toFixed(1)} µs (library ${library.driverUs.toFixed(1)})`;
  add(
    'driver CPU per message, websocket, lean crowd',
    us,
    `≤ ${WEBSOCKET.driverUs} µs`,
    lean.driverUs <= WEBSOCKET.driverUs,
  );
  const held = `${(lean.bytesPerClient / 1000).toFixed(1)} KB (library ${(library.bytesPerClient / 1000).toFixed(1)})`;
  add(
    'memory of one client, websocket, lean crowd',
    held,
    '< 4 KB',
    lean.bytesPerClient < WEBSOCKET.bytesPerClient,
  );
}
