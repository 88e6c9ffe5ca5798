import { setTimeout as sleep } from 'node:timers/promises';
import { nowNs } from '../instrument/clock.ts';
import type { Mismatch } from '../measurements.ts';
import { type Asked, tryToConnect } from './connecting.ts';
import type { Stage } from './stage.ts';
import { crossingsOf } from './wire.ts';

/** Clients at servers that speak another protocol than theirs. */
export const MISMATCHES = [
  { client: 'websocket', server: 'socketio' },
  { client: 'socketio', server: 'websocket' },
  { client: 'socketio-websocket', server: 'websocket' },
] as const;

/** The ends of connections come a little behind what they were told. */
const ENDS_MS = 100;

/** Lets a client knock at the wrong door, and writes down what crosses. */
export async function tryMismatch(stage: Stage, asked: Omit<Asked, 'way'>): Promise<Mismatch> {
  const { client, server } = asked;
  const before = (await stage.crossed('plain', server)).length;
  const startNs = nowNs();
  const { attempt, connection } = await tryToConnect(stage, { ...asked, way: 'plain' });
  await sleep(ENDS_MS);
  const crossed = (await stage.crossed('plain', server)).slice(before);
  await connection?.close();
  return { client, server, ...attempt, crossed: crossingsOf(crossed, startNs) };
}
