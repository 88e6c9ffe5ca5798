import { Agent, type AgentOptions } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import type { Duplex } from 'node:stream';

/** For connections that live on. TCP asks whether an idle one is alive as late as Chrome does, where Node asks each second. */
export const KEPT = { keepAlive: true, keepAliveMsecs: 45_000 } as const;

/** Makes an agent of one client's own, which tells of each socket that it opens. */
export function makeAgent(url: URL, settings: AgentOptions, opened: (socket: Duplex) => void): Agent {
  const agent = url.protocol === 'https:' ? new SecureAgent(settings) : new Agent(settings);
  const create = agent.createConnection.bind(agent);
  agent.createConnection = (options, done) => {
    const socket = create(options, done);
    if (socket) opened(socket);
    return socket;
  };
  return agent;
}
