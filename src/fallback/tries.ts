import type { Connection, Message } from '../contracts.ts';
import { comesTrue } from '../instrument/clock.ts';
import type { FallbackTry } from '../measurements.ts';
import { headOf } from '../message.ts';
import { findTransport } from '../transports/index.ts';
import { type Asked, tryToConnect } from './connecting.ts';
import type { Stage } from './stage.ts';
import { carriedBy, trafficOf, wasRefused } from './wire.ts';

/** Sent when a client has connected, and again when it has settled. */
const MESSAGES = 5;

/** Lets a transport's client connect, hear messages, settle, and hear messages again. */
export async function tryFallback(stage: Stage, asked: Asked): Promise<FallbackTry> {
  const { client, server, way, patienceMs } = asked;
  const before = (await stage.crossed(way, server)).length;
  const mine = async () => (await stage.crossed(way, server)).slice(before);
  const startMs = performance.now();
  const { attempt, connection, heard } = await tryToConnect(stage, asked);
  const about = { transport: client, way, ...attempt };
  if (connection === null) {
    const nothing = { settledMs: null, carrying: null, sent: 0, delivered: 0, byHttp: 0, byWebSocket: 0 };
    return { ...about, ...nothing, ...trafficOf(await mine()) };
  }
  try {
    const isSettled = async () => isAtBest(connection, client) || wasRefused(await mine());
    const [settledMs] = await Promise.all([
      comesTrue(isSettled, patienceMs).then((settled) => (settled ? performance.now() - startMs : null)),
      send(stage, server, heard, patienceMs),
    ]);
    const settled = await mine();
    await send(stage, server, heard, patienceMs);
    const crossed = await mine();
    const texts = heard.map((message) => headOf(message, Number.POSITIVE_INFINITY));
    const [early, late] = [carriedBy(settled, texts), carriedBy(crossed, texts)];
    return {
      ...about,
      settledMs,
      carrying: connection.carrying,
      sent: 2 * MESSAGES,
      delivered: heard.length,
      byHttp: late.byHttp - early.byHttp,
      byWebSocket: late.byWebSocket - early.byWebSocket,
      ...trafficOf(crossed),
    };
  } finally {
    await connection.close();
  }
}

function isAtBest(connection: Connection, transport: string): boolean {
  return connection.carrying === findTransport(transport)?.carries;
}

async function send(
  stage: Stage,
  server: string,
  heard: readonly Message[],
  patienceMs: number,
): Promise<void> {
  const wanted = heard.length + MESSAGES;
  await stage.send(server, MESSAGES);
  await comesTrue(() => heard.length >= wanted, patienceMs);
}
