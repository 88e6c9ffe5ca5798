import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../errors.ts';
import { isStanding, strikesServer, type TraceFault, wordsOf } from './faults.ts';
import { type Cast, connect, converse, quiet, rest, soonMs } from './talk.ts';

/** How long a fault lasts when it has been noticed: attempts to come back are seen to fail. */
const OUTAGE_MS = 150;

/** What a trace shows, from the first connection to the last goodbye. */
export async function play(cast: Cast, messages: number, fault: TraceFault | null): Promise<void> {
  if (fault === null) {
    await connect(cast);
    await converse(cast, messages);
  } else if (isStanding(fault)) {
    await meet(cast, messages, fault);
  } else {
    await connect(cast);
    await converse(cast, messages - 2);
    if (fault === 'buffering') await bear(cast, fault);
    else await comeBack(cast, fault);
    await converse(cast, 1);
  }
  await rest(cast);
  await cast.client.leave();
  await quiet(cast);
}

/** Something is in the way from the beginning: the client gets through all the same, or not before it is gone. */
async function meet(cast: Cast, messages: number, fault: TraceFault): Promise<void> {
  const { stage, client, story, transport } = cast;
  await begin(cast, fault);
  try {
    await client.come(stage.url);
    await quiet(cast);
    if (client.carrying !== transport.carries) story.tell(`the client goes on over ${client.carrying}`);
  } catch (error) {
    story.tell(`the client cannot connect: ${messageOf(error)}`);
    await end(cast, fault);
    story.tell('it tries again');
    await connect(cast);
  }
  await converse(cast, messages);
}

/** A message does not come through, and then it does. */
async function bear(cast: Cast, fault: TraceFault): Promise<void> {
  const { client, story } = cast;
  await begin(cast, fault);
  const due = client.arrived + 1;
  await sayNow(cast);
  const waitMs = cast.scenario.heartbeatMs + 2 * cast.scenario.rttMs;
  if (!(await client.hears(due, waitMs))) story.tell(`message ${client.next} has not arrived`);
  await end(cast, fault);
  await client.hears(due, soonMs(cast));
}

/** The connection breaks, a message is said that nobody hears, and the client comes back. */
async function comeBack(cast: Cast, fault: TraceFault): Promise<void> {
  const { stage, client, story, signal } = cast;
  const hasServer = !strikesServer(fault);
  const due = client.arrived + 1;
  const losses = client.losses;
  await begin(cast, fault);
  if (hasServer) await sayNow(cast);
  const noticed = await client.notices(losses + 1, soonMs(cast));
  if (!noticed) story.tell('the client has not noticed');
  await sleep(OUTAGE_MS, undefined, { signal });
  await end(cast, fault);
  if (!hasServer) await sayNow(cast);
  if (!(await client.isBack(soonMs(cast)))) {
    story.tell('the client does not come back by itself: the program connects anew');
    await client.cut();
    await client.come(stage.url);
  }
  await quiet(cast);
  if (!(await client.hears(due, 0))) client.miss();
}

async function sayNow({ stage, client, story }: Cast): Promise<void> {
  story.tell(`the server says message ${client.next}`);
  await stage.say();
}

async function begin({ stage, story }: Cast, fault: TraceFault): Promise<void> {
  story.tellFault(wordsOf(fault).begins);
  await stage.strike(fault);
}

/** A way lets pass at once what it held back: that comes after the word of it. A server takes its time to be there. */
async function end({ stage, story }: Cast, fault: TraceFault): Promise<void> {
  const { ends } = wordsOf(fault);
  if (!strikesServer(fault)) story.tell(ends);
  await stage.mend(fault);
  if (strikesServer(fault)) story.tell(ends);
}
