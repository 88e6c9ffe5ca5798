import { RtbenchError } from '../errors.ts';
import { makeCertificate } from '../instrument/certificate.ts';
import { choosePinning } from '../instrument/pinning.ts';
import { type Isolation, isolate } from '../instrument/wire/namespace.ts';
import { startYardstick } from '../instrument/yardstick.ts';
import type { Isolate } from '../plan/plan.ts';
import type { Surroundings } from './rounds.ts';

/** What all rounds of a run share, opened; `missing` says why there is no private network. */
export interface Opened {
  readonly surroundings: Surroundings;
  readonly missing: string | null;
  close(): Promise<void>;
}

/** Opens what rounds run in; to be closed, whatever becomes of them. */
export async function openSurroundings(wanted: Isolate, tls: boolean, signal: AbortSignal): Promise<Opened> {
  const { namespace, missing } = await isolation(wanted);
  const pinning = choosePinning();
  const yardstick = await startYardstick(pinning?.server);
  const certificate = tls ? makeCertificate() : null;
  return {
    surroundings: { pinning, namespace, certificate, yardstick, signal },
    missing,
    async close() {
      await Promise.all([yardstick.end(), namespace?.end()]);
    },
  };
}

async function isolation(wanted: Isolate): Promise<Isolation> {
  if (wanted === 'off') return { namespace: null, missing: 'not wanted (--isolate off)' };
  const found = await isolate();
  if (wanted === 'on' && found.namespace === null) {
    throw new RtbenchError('usage', `No private network for --isolate on: ${found.missing}`);
  }
  return found;
}
