import type { Message } from '../../contracts.ts';

const TAKE = 'channel ';
/** How the answer begins that lets a client in. */
export const TAKEN = 'taken ';

/** What a client says over a connection that is for one channel. */
export function take(channel: number): string {
  return TAKE + channel;
}

/** The channel that a client wants a connection for; a sentence where there is none such. */
export function readTake(message: Message, channels: number): number | string {
  const [, digits] = (typeof message === 'string' && /^channel (\d{1,3})$/.exec(message)) || [];
  if (digits === undefined) return 'expected `channel 1`';
  const channel = Number(digits);
  return channel < channels ? channel : `no channel ${channel}, they run from 0 to ${channels - 1}`;
}

/** The answer once the connection is in its channel. */
export function taken(channel: number): string {
  return TAKEN + channel;
}
