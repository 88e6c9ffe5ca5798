import { setTimeout as sleep } from 'node:timers/promises';
import { findApplication } from '../applications/index.ts';
import type { Transport } from '../contracts.ts';
import { comesTrue } from '../instrument/clock.ts';
import type { ResolvedScenario } from '../measurements.ts';
import { transportOptions } from '../plan/transport-options.ts';
import type { Client } from './client.ts';
import type { Stage } from './stage.ts';

/** What a conversation is held with. */
export interface Cast {
  readonly transport: Transport;
  readonly scenario: ResolvedScenario;
  readonly stage: Stage;
  readonly client: Client;
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
export async function connect({ transport, scenario, stage, client }: Cast): Promise<void> {
  await client.come(stage.url);
  await comesTrue(() => client.carrying === transport.carries, PATIENCE_MS + 10 * scenario.rttMs);
}

/** So many messages, each when the one before has arrived. */
export async function converse(cast: Cast, messages: number): Promise<void> {
  const { scenario, client } = cast;
  const { speaker } = findApplication(scenario.application);
  if (speaker === 'nobody') return;
  let due = client.arrived;
  const last = due + messages;
  for (let tries = 0; due < last && tries < MOST_TRIES; tries++) {
    await sleep(BETWEEN_MS + scenario.rttMs);
    due +=
      speaker === 'server' ? await cast.stage.say() : cast.client.say({ sequence: client.arrived, dueUs: 0 });
    await client.hears(due, patienceMs(cast));
  }
}

/** Nothing is said until something crosses all the same: a request that is answered with nothing, a heartbeat. */
export async function rest(cast: Cast): Promise<void> {
  const { transport, scenario, stage } = cast;
  const beatMs = transport.beatMs(transportOptions(scenario));
  if (beatMs > LONGEST_BEAT_MS) return;
  await quiet(cast);
  const before = await stage.crossed();
  await comesTrue(async () => (await stage.crossed()) > before, 2 * beatMs + patienceMs(cast));
  await quiet(cast);
}

/** Resolves when what is under way has arrived. */
export async function quiet({ scenario, stage }: Pick<Cast, 'scenario' | 'stage'>): Promise<void> {
  for (let before = -1, now = 0; before !== now; before = now, now = await stage.crossed()) {
    await sleep(BETWEEN_MS / 2 + scenario.rttMs);
  }
}

function patienceMs({ transport, scenario }: Cast): number {
  return PATIENCE_MS + transport.beatMs(transportOptions(scenario)) + 4 * scenario.rttMs;
}
