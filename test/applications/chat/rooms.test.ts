import { expect, it } from 'vitest';
import { chat } from '../../../src/applications/chat/index.ts';
import {
  companyOf,
  meanAudience,
  membersOf,
  roomCount,
  roomOf,
} from '../../../src/applications/chat/rooms.ts';
import { chatScenario } from './scenario.ts';

it.each([
  [200, 5],
  [12, 5],
  [7, 7],
  [9, 5],
  [1, 1],
  [101, 3],
])(
  '%i clients in rooms of %i: every room has its members, and everybody is due the rate',
  (clients, roomSize) => {
    const spread = { clients, roomSize, nodes: 1 };
    const found = new Map<number, number>();
    for (let index = 0; index < clients; index++) {
      const room = roomOf(index, spread);
      found.set(room, (found.get(room) ?? 0) + 1);
    }
    expect(found.size).toBe(roomCount(spread));
    for (const [room, members] of found) expect(members).toBe(membersOf(room, spread));
    expect(Math.min(...found.values())).toBeGreaterThanOrEqual(roomSize);
    const scenario = chatScenario({ ...spread, ratePerSecond: 20 });
    // All speak equally often: what all of them hear in a second, shared among all.
    const saysPerSecond = chat.messagesPerSecond(scenario) / clients;
    const heard = [...found.values()].reduce((sum, members) => sum + members * members * saysPerSecond, 0);
    expect(heard / clients).toBeCloseTo(20);
    expect(meanAudience(spread)).toBeGreaterThanOrEqual(roomSize);
  },
);

it.each([
  [60, 5, 3],
  [300, 10, 4],
  [12, 12, 2],
])('%i clients in rooms of %i are in each room on each of %i nodes', (clients, roomSize, nodes) => {
  const spread = { clients, roomSize, nodes };
  for (let index = 0; index < clients; index++) {
    const company = companyOf(index, spread);
    expect(company).toContain(index);
    expect(new Set(company.map((one) => one % nodes)).size).toBe(nodes);
    expect(company.every((one) => roomOf(one, spread) === roomOf(index, spread))).toBe(true);
  }
});
