import type { ResolvedScenario } from '../../measurements.ts';

type Spread = Pick<ResolvedScenario, 'clients' | 'roomSize' | 'nodes'>;

/** As many rooms as have their members; what is over joins the first ones. */
export function roomCount({ clients, roomSize, nodes }: Spread): number {
  let rooms = Math.max(1, Math.floor(clients / roomSize));
  // Clients take turns at rooms and at nodes: with a common divisor a room would be on some of the nodes only.
  while (greatestCommonDivisor(rooms, nodes) > 1) rooms -= 1;
  return rooms;
}

function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other);
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

/** The clients that are in a client's room, itself included. */
export function companyOf(index: number, spread: Spread): number[] {
  const [rooms, room] = [roomCount(spread), roomOf(index, spread)];
  return Array.from({ length: membersOf(room, spread) }, (_, place) => room + place * rooms);
}

/** How many clients hear a message, the speaker among them, averaged over all who speak. */
export function meanAudience(spread: Spread): number {
  const rooms = roomCount(spread);
  const base = Math.floor(spread.clients / rooms);
  const larger = spread.clients % rooms;
  return (larger * (base + 1) ** 2 + (rooms - larger) * base ** 2) / spread.clients;
}
