import { findApplication } from '../applications/index.ts';
import { messageOf } from '../errors.ts';
import { untilAborted } from '../instrument/clock.ts';
import { describeMachine } from '../instrument/machine.ts';
import { choosePinning, type Pinning } from '../instrument/pinning.ts';
import type { Conversation, Trace } from '../measurements/trace/trace.ts';
import { scenarioFor } from '../plan/transport-options.ts';
import { findTransport } from '../transports/index.ts';
import { Client } from './client.ts';
import { conversationOf } from './conversation.ts';
import type { TracePlan } from './plan.ts';
import { play } from './scenes.ts';
import { Stage } from './stage.ts';
import { Story } from './story.ts';

export { makeTracePlan, type TracePlan } from './plan.ts';

/** Lets one client of each transport talk with its server, and takes apart what crossed; an abort keeps what has crossed until then. */
export async function runTrace(
  plan: TracePlan,
  observe: (transport: string) => void,
  signal: AbortSignal,
): Promise<Trace> {
  const startedAt = new Date().toISOString();
  const pinning = choosePinning();
  const conversations: Conversation[] = [];
  let failure: string | null = null;
  try {
    for (const name of plan.transports) {
      if (signal.aborted) break;
      observe(name);
      conversations.push(await trace(name, plan, pinning, signal));
    }
  } catch (error) {
    if (!signal.aborted) failure = messageOf(error);
  }
  return {
    schema: 'rtbench/trace@1',
    startedAt,
    finishedAt: new Date().toISOString(),
    interrupted: signal.aborted,
    failure,
    command: plan.command,
    ...describeMachine(pinning, 'trace counts what sockets carry'),
    ...{ calibration: null, calibrationMissing: 'trace does not need it' },
    scenario: plan.scenario,
    conversations,
  };
}

async function trace(
  name: string,
  plan: TracePlan,
  pinning: Pinning | null,
  signal: AbortSignal,
): Promise<Conversation> {
  const transport = findTransport(name);
  if (transport === undefined) throw new Error(`no transport named ${name}`);
  const scenario = scenarioFor(name, plan.scenario);
  const annotate = await transport.annotate();
  const half = await findApplication(scenario.application).client(scenario);
  const story = new Story();
  const client = new Client(await transport.client(), half.part(0), scenario, { story, signal });
  const stage = new Stage(name, scenario, pinning, signal);
  try {
    await stage.ready(plan.fault);
    const cast = { transport, scenario, stage, client, story, signal };
    await untilOver(play(cast, plan.messages, plan.fault), signal);
    if (signal.aborted) story.tell('interrupted');
    const tapped = await stage.tapped();
    if (tapped.length === 0) signal.throwIfAborted();
    const heard = { transport: name, tapped, told: story.told, news: client.news, rttMs: scenario.rttMs };
    return conversationOf(heard, annotate);
  } finally {
    await Promise.all([client.cut(), stage.end()]);
  }
}

/** Waits for it, but no longer than until the abort; what becomes of it then is nobody's concern. */
async function untilOver(playing: Promise<void>, signal: AbortSignal): Promise<void> {
  await Promise.race([playing, untilAborted(signal)]).catch((error) => {
    if (!signal.aborted) throw error;
  });
}
