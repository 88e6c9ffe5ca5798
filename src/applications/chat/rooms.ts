import type { ResolvedScenario } from '../../measurements.ts';

type Spread = Pick<ResolvedScenario, 'clients' | 'roomSize'>;

/** As many rooms as have their members; what is over joins the first ones. */
export function roomCount({ clients, roomSize }: Spread): number {
  return Math.max(1, Math.floor(clients / roomSize));
}

/** The room that client `index` is in. */
export function roomOf(index: number, spread: Spread): number {
  return index % roomCount(spread);
}

/** How many clients are in a room once all have joined. */
export function membersOf(room: number, spread: Spread): number {
  const rooms = roomCount(spread);
  return Math.floor(spread.clients / rooms) + (room < spread.clients % rooms ? 1 : 0);
}

/** How many clients hear a message, the speaker among them, averaged over all who speak. */
export function meanAudience(spread: Spread): number {
  const rooms = roomCount(spread);
  const base = Math.floor(spread.clients / rooms);
  const larger = spread.clients % rooms;
  return (larger * (base + 1) ** 2 + (rooms - larger) * base ** 2) / spread.clients;
}
