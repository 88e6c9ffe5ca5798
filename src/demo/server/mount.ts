import { Server } from 'node:http';
import type { App, ServerSide, SocketioAdapter } from '../../contracts.ts';
import { BOUNDS, type DemoTransport } from '../../demo-talk.ts';
import { defaults } from '../../plan/fields/index.ts';
import { transportOptions } from '../../plan/transport-options.ts';
import { findTransport } from '../../transports/index.ts';

/** What nobody's client can make the server remember more of. */
export const OPTIONS = {
  ...transportOptions(defaults),
  // A client is given up after five times that: not before it could have asked, and not long after it has gone.
  pollIntervalMs: BOUNDS.pollIntervalMs.most / 2,
  maxMessageBytes: 8 << 10,
  maxBufferBytes: 512 << 10,
};
/** What is remembered of the lanes' one room, and of each room and client of the chat. */
export const LANE_LOG = { logMessages: 8192, logBytes: 8 << 20 };
export const CHAT_LOG = { logMessages: 200, logBytes: 128 << 10 };

/** A transport's own server half, on an http.Server that never listens: what comes to it is handed on from another. */
export interface Mount {
  readonly http: Server;
  readonly side: ServerSide;
}

/** Lets a transport serve `app` there. */
export async function mount(
  name: DemoTransport,
  app: App,
  log: typeof LANE_LOG,
  adapter?: SocketioAdapter,
): Promise<Mount> {
  const transport = findTransport(name);
  if (transport === undefined) throw new Error(`no transport named ${name}`);
  const http = new Server();
  const attach = await transport.server(adapter);
  return { http, side: attach(http, app, { ...OPTIONS, ...log }) };
}
