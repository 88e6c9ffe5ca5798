import type { Message } from '../../contracts.ts';
import type { ResolvedScenario } from '../../measurements.ts';
import { extendedMaker, headOf, payloadBytes, readStamp, STAMP_BYTES, type Stamp } from '../../message.ts';
import type { Heard } from '../application.ts';

/** When the first of the values was due that this one stands for, as digits behind the stamp. */
const SINCE_DIGITS = 7;
const RADIX = 36;

/** An update's stamp and the time behind it: the smallest payload of an exchange. */
export const UPDATE_BYTES = STAMP_BYTES + SINCE_DIGITS;

/** A symbol's new value. */
export interface Update {
  readonly stamp: Stamp;
  /** Since when whoever gets it was without the newest value: from before its own due time where others were left out. */
  readonly sinceUs: number;
}

/** Makes the messages of updates. */
export function updateMaker({
  payloadBytes: bytes,
  payloadKind,
}: ResolvedScenario): (update: Update) => Message {
  const make = extendedMaker(bytes, payloadKind);
  return ({ stamp, sinceUs }) => make(stamp, sinceUs.toString(RADIX).padStart(SINCE_DIGITS, '0'));
}

/** Makes out an update. */
export function hearUpdate(message: Message): Exclude<Heard, string> | 'unreadable' {
  const stamp = readStamp(message);
  const since = headOf(message, UPDATE_BYTES).slice(STAMP_BYTES, UPDATE_BYTES);
  const staleSinceUs = Number.parseInt(since, RADIX);
  if (stamp === undefined || Number.isNaN(staleSinceUs)) return 'unreadable';
  return { stamp, bytes: payloadBytes(message), staleSinceUs };
}
