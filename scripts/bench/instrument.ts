import { Bench } from '../../src/calibrate/bench.ts';
import { choosePinning } from '../../src/instrument/pinning.ts';
import { isolate } from '../../src/instrument/wire/namespace.ts';
import { startYardstick } from '../../src/instrument/yardstick.ts';

/** Opens the real instrument for rounds of a part's own choice; ended when `use` is over. */
export async function withBench(use: (bench: Bench) => Promise<void>): Promise<void> {
  const pinning = choosePinning();
  const { namespace } = await isolate();
  const yardstick = await startYardstick(pinning?.server);
  const { signal } = new AbortController();
  try {
    await use(new Bench(true, { pinning, namespace, certificate: null, yardstick, signal }));
  } finally {
    await Promise.all([yardstick.end(), namespace?.end()]);
  }
}
