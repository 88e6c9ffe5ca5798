import { readAt, readCpu } from '../meter.ts';
import { serveRole } from '../role-process.ts';
import type { RelayCalls, RelayShare } from './protocol.ts';
import { Relay } from './relay.ts';

/** Reads the relay's CPU at every instant, and what it added between the first and the third. */
async function measure(relay: Relay, instantsNs: readonly number[]): Promise<RelayShare> {
  let link = relay.cost;
  const readings = await readAt(instantsNs, (index) => {
    if (index === 0) relay.departures.forget();
    if (index === 2) link = relay.cost;
    return readCpu();
  });
  return { readings, link };
}

/** The relay process's body. */
export function serve(): void {
  let relay: Relay | undefined;
  let share: Promise<RelayShare> | undefined;
  const running = () => {
    if (relay === undefined) throw new Error('the relay has not been started');
    return relay;
  };
  serveRole<RelayCalls>({
    async start(input) {
      relay = new Relay(input);
      return { ports: await relay.listen() };
    },
    change(link) {
      running().way.change(link);
      return null;
    },
    async fault(change) {
      // Whoever came before it is let in first.
      await new Promise(setImmediate);
      running().fault(change);
      return null;
    },
    tapped: () => running().tapped,
    crossed: () => running().crossed,
    arm({ instantsNs }) {
      share = measure(running(), instantsNs);
      return null;
    },
    collect() {
      if (share === undefined) throw new Error('collect before arm');
      return share;
    },
  });
}
