import type { Connection, Message } from '../contracts.ts';
import { messageOf, RtbenchError } from '../errors.ts';
import { within } from '../instrument/clock.ts';
import type { Attempt, ResolvedScenario, WayName } from '../measurements.ts';
import { scenarioFor, transportOptions } from '../plan/transport-options.ts';
import { findTransport } from '../transports/index.ts';
import type { Stage } from './stage.ts';

/** Who connects to what, and how long it is waited for. */
export interface Asked {
  readonly client: string;
  readonly server: string;
  readonly way: WayName;
  readonly patienceMs: number;
  readonly scenario: ResolvedScenario;
}

/** An attempt, what it led to, and what the client hears from then on. */
interface Connected {
  readonly attempt: Attempt;
  readonly connection: Connection | null;
  readonly heard: readonly Message[];
}

/** Lets a client try to connect, with the transport's own client. */
export async function tryToConnect(stage: Stage, asked: Asked): Promise<Connected> {
  const { client, server, way, patienceMs, scenario } = asked;
  const transport = findTransport(client);
  if (transport === undefined) throw new Error(`no transport named ${client}`);
  const connect = await transport.client();
  const heard: Message[] = [];
  const events = { message: (message: Message) => void heard.push(message), closed: () => undefined };
  const options = { ...transportOptions(scenarioFor(client, scenario)), random: Math.random };
  const startMs = performance.now();
  const tookMs = () => performance.now() - startMs;
  const connecting = connect(stage.url(way, server), events, options);
  try {
    const connection = await within(patienceMs, connecting);
    if (connection !== undefined) {
      return { attempt: { outcome: 'connected', tookMs: tookMs(), error: null }, connection, heard };
    }
    // What may still come of it is broken when the stage ends.
    connecting.then((late) => late.cut()).catch(() => undefined);
    const message = `Cannot connect to ${stage.url(way, server)} by ${client}: nothing came of it in ${patienceMs} ms`;
    const error = { code: 'connect', message };
    return { attempt: { outcome: 'silent', tookMs: tookMs(), error }, connection: null, heard };
  } catch (failure) {
    const code = failure instanceof RtbenchError ? failure.code : 'unexpected';
    const error = { code, message: messageOf(failure) };
    return { attempt: { outcome: 'refused', tookMs: tookMs(), error }, connection: null, heard };
  }
}
