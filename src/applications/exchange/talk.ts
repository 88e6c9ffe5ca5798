import type { Message } from '../../contracts.ts';

const SUBSCRIBE = 'subscribe ';
/** How the answer begins that lets a client in. */
export const SUBSCRIBED = 'subscribed ';

/** What a client says to follow symbols. */
export function subscribeTo(symbols: Iterable<number>): string {
  return SUBSCRIBE + [...symbols].join(' ');
}

/** The symbols of a subscription; a sentence where it is none, or one of them does not exist. */
export function readSubscription(message: Message, symbols: number): number[] | string {
  if (typeof message !== 'string' || !message.startsWith(SUBSCRIBE)) return 'expected `subscribe 1 2 3`';
  const words = message.slice(SUBSCRIBE.length).split(' ');
  const unknown = words.find((word) => !/^\d{1,6}$/.test(word) || Number(word) >= symbols);
  if (unknown === undefined) return words.map(Number);
  return `no symbol \`${unknown.slice(0, 20)}\`, they run from 0 to ${symbols - 1}`;
}

/** The answer to a subscription: how many symbols the client follows now. */
export function subscribed(many: number): string {
  return SUBSCRIBED + many;
}
