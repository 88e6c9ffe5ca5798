import type { Connection, Message, Transport, TransportOptions } from '../../../src/contracts.ts';
import { SocketMeter } from '../../../src/instrument/socket-meter.ts';
import { clientOptions, type Host, serve, until } from '../harness.ts';
import { Recording, type Written } from './recording.ts';

/** All that a server can see of a conversation, and what reached its client. */
export interface Seen {
  readonly bytesUp: number;
  readonly bytesDown: number;
  /** What each answer carried. */
  readonly answers: readonly number[];
  readonly written: readonly Written[];
  readonly ends: readonly string[];
  readonly received: readonly string[];
  readonly heard: readonly string[];
}

/** What server and client do in it; resolves when the client is to close. */
export type Conversation = (stage: Stage) => Promise<void>;

/** A conversation's two sides. */
export interface Stage {
  readonly host: Host;
  readonly connection: Connection;
  readonly heard: readonly string[];
  /** Called in the very turn in which the client hears a message. */
  hearing: () => void;
}

/** Holds one conversation from connecting to the last socket's end, before the harness's own counters. */
export async function converse(
  transport: Transport,
  options: Partial<TransportOptions>,
  conversation: Conversation,
): Promise<Seen> {
  const host = await serve(transport, options);
  const answers: number[] = [];
  host.app.answered = (messages?: number) => answers.push(messages ?? 0);
  const meter = new SocketMeter(host.http);
  const recording = new Recording(host.http);
  try {
    await hold(transport, host, conversation);
    const { bytesUp, bytesDown } = meter.read();
    return {
      ...{ bytesUp, bytesDown, answers, written: recording.written, ends: recording.ends },
      received: host.app.inbox.map(({ message }) => plain(Buffer.from(message))),
      heard: heardIn.get(host) ?? [],
    };
  } finally {
    recording.stop();
    await host.close();
  }
}

const heardIn = new WeakMap<Host, string[]>();

async function hold(transport: Transport, host: Host, conversation: Conversation): Promise<void> {
  const heard: string[] = [];
  heardIn.set(host, heard);
  const hear = (bytes: Buffer) => {
    heard.push(plain(bytes));
    stage?.hearing();
  };
  let stage: Stage | undefined;
  const connect = await transport.client();
  const connection = await connect(
    host.url,
    {
      message: (message: Message) => hear(Buffer.from(message)),
      skim: (bytes, start, end) => hear(bytes.subarray(start, end)),
      closed: (why) => heard.push(`closed: ${why}`),
    },
    clientOptions(host.options),
  );
  stage = { host, connection, heard, hearing: () => {} };
  await conversation(stage);
  await connection.close();
  await until('the end of all sockets', () => host.sockets.size === 0);
}

function plain(bytes: Buffer): string {
  return `${bytes.toString('latin1', 0, 40)} (${bytes.length})`;
}
