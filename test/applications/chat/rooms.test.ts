import { expect, it } from 'vitest';
import { chat } from '../../../src/applications/chat/index.ts';
import { meanAudience, membersOf, roomCount, roomOf } from '../../../src/applications/chat/rooms.ts';
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
    const spread = { clients, roomSize };
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
