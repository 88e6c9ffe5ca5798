import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterEach } from 'vitest';
import type { Connection } from '../../src/contracts.ts';
import type { DemoCalls, DemoStart } from '../../src/demo/protocol.ts';
import { DemoServer } from '../../src/demo/server/demo-server.ts';
import { DEMO_TRANSPORTS, type DemoTransport, type News, type Place } from '../../src/demo-talk.ts';
import { RoleProcess } from '../../src/instrument/role-process.ts';
import { findTransport } from '../../src/transports/index.ts';
import { clientOptions, TEST_OPTIONS } from '../transports/harness.ts';

export const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

/** The page that may connect. */
export const PAGE = 'http://127.0.0.1:8080';

export function startOf(more: Partial<DemoStart> = {}): DemoStart {
  return {
    transports: DEMO_TRANSPORTS,
    hasChat: true,
    publishing: { eventsPerSecond: 0, payloadBytes: 64 },
    firstNumber: 1,
    port: null,
    origins: [PAGE],
    cluster: null,
    ...more,
  };
}

/** A demo's server in this process. */
export async function serverHere(more: Partial<DemoStart> = {}) {
  const server = new DemoServer(startOf(more));
  cleanups.push(() => server.retire());
  return { server, port: await server.listen() };
}

/** A demo's server in a process of its own. */
export async function serverApart(more: Partial<DemoStart> = {}) {
  const server = new RoleProcess<DemoCalls>('demo', undefined);
  cleanups.push(() => server.end());
  return { server, ...(await server.ask('start', startOf(more))) };
}

/** Somebody at a place, and what reached it. */
export interface Visitor {
  readonly connection: Connection;
  readonly heard: string[];
  /** How its connection ended or broke. */
  readonly ends: string[];
}

/** Comes by the transport's own client. */
export async function visit(port: number, place: Place, transport: DemoTransport): Promise<Visitor> {
  const heard: string[] = [];
  const ends: string[] = [];
  const connect = await findTransport(transport)?.client();
  if (connect === undefined) throw new Error(`no transport named ${transport}`);
  const connection = await connect(
    new URL(`http://127.0.0.1:${port}/${place}/${transport}/`),
    {
      message: (message) => heard.push(String(message)),
      closed: (why) => ends.push(why),
      interrupted: (why) => ends.push(why),
    },
    clientOptions(TEST_OPTIONS),
  );
  cleanups.push(() => connection.cut());
  return { connection, heard, ends };
}

export function newsOf(heard: readonly string[]): News[] {
  return heard.map((text) => JSON.parse(text));
}

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** One request as it is written; answers when the head is there. */
export async function ask(port: number, path: string, { method = 'GET', headers = {}, body }: Asked = {}) {
  const asking = request({ port, path, method, headers, agent: false });
  asking.on('error', () => undefined);
  cleanups.push(() => asking.destroy());
  asking.end(body);
  const [answer]: IncomingMessage[] = await once(asking, 'response');
  if (answer === undefined) throw new Error('no answer');
  answer.on('error', () => undefined);
  return answer;
}

export async function textOf(answer: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of answer) text += part;
  return text;
}
