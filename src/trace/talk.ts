import { setTimeout as sleep } from 'node:timers/promises';
import { findApplication } from '../applications/index.ts';
import type { Transport } from '../contracts.ts';
import { comesTrue } from '../instrument/clock.ts';
import type { ResolvedScenario } from '../measurements.ts';
import { transportOptions } from '../plan/transport-options.ts';
import type { Client } from './client.ts';
import type { Stage } from './stage.ts';
import type { Story } from './story.ts';

/** Who and what a conversation is held with. */
export interface Cast {
  readonly transport: Transport;
  readonly scenario: ResolvedScenario;
  readonly stage: Stage;
  readonly client: Client;
  readonly story: Story;
  readonly signal: AbortSignal;
}

/** Between one message and the next: long enough that requests are seen to wait. */
const BETWEEN_MS = 60;
/** How long something that is under way may take at the longest, beside the distance. */
const PATIENCE_MS = 2000;
/** Nobody waits longer to see a sign of life. */
const LONGEST_BEAT_MS = 10_000;
/** A symbol that nobody follows is said too. */
const MOST_TRIES = 100;

/** The client connects, and waits until it is carried as it stays. */
export async function connect(cast: Cast): Promise<void> {
  const { transport, stage, client, signal } = cast;
  await client.come(stage.url);
  await comesTrue(() => client.carrying === transport.carries, soonMs(cast), signal);
}

/** So many messages, each when the one before has arrived. */
export async function converse(cast: Cast, messages: number): Promise<void> {
  const { scenario, client } = cast;
  if (findApplication(scenario.application).speaker === 'nobody') return;
  let due = client.arrived;
  const last = due + messages;
  for (let tries = 0; due < last && tries < MOST_TRIES; tries++) {
    due += await sayOne(cast);
    await client.hears(due, soonMs(cast));
  }
}

/** One message, a little after what was before; answers how often it is to arrive. */
export async function sayOne({ scenario, stage, client, signal }: Cast): Promise<number> {
  await sleep(BETWEEN_MS + scenario.rttMs, undefined, { signal });
  const { speaker } = findApplication(scenario.application);
  if (speaker === 'clients') return client.say({ sequence: client.arrived, dueUs: 0 });
  // A connection that is gone, and that the server has not given up yet, is none that hears.
  return Math.min(1, await stage.say());
}

/** Nothing is said until something crosses all the same: a request that is answered with nothing, a heartbeat. */
export async function rest(cast: Cast): Promise<void> {
  const { transport, scenario, stage, signal } = cast;
  const beatMs = transport.beatMs(transportOptions(scenario));
  if (beatMs > LONGEST_BEAT_MS) return;
  await quiet(cast);
  const before = await stage.crossed();
  await comesTrue(async () => (await stage.crossed()) > before, 2 * beatMs + soonMs(cast), signal);
  await quiet(cast);
}

/** Resolves when what is under way has arrived. */
export async function quiet({ scenario, stage, signal }: Cast): Promise<void> {
  for (let before = -1, now = 0; before !== now; before = now, now = await stage.crossed()) {
    await sleep(BETWEEN_MS / 2 + scenario.rttMs, undefined, { signal });
  }
}

/** How long what comes soon may take: with a pause of the transport's own, and on a busy machine. */
export function soonMs({ transport, scenario }: Cast): number {
  const { heartbeatMs, heartbeatTimeoutMs, rttMs } = scenario;
  const beatMs = transport.beatMs(transportOptions(scenario));
  return PATIENCE_MS + Math.max(beatMs, heartbeatMs) + heartbeatTimeoutMs + 10 * rttMs;
}
