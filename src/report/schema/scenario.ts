import * as z from 'zod';
import { APPLICATION_NAMES } from '../../measurements.ts';
import { fault } from './round/faults.ts';
import { amount, figure, text } from './values.ts';

const phase = z.looseObject({ name: text, durationMs: amount, fromPerSecond: amount, toPerSecond: amount });

const transportSettings = {
  pollIntervalMs: amount,
  holdMs: amount,
  longpollBatch: z.boolean(),
  heartbeatMs: amount,
  heartbeatTimeoutMs: amount.default(20_000),
  recovery: z.boolean().default(false),
  socketioAgent: z.enum(['keep-alive', 'default']),
  headers: z.enum(['minimal', 'browser']),
};

const ownTransportSettings = z.looseObject({
  pollIntervalMs: transportSettings.pollIntervalMs.exactOptional(),
  holdMs: transportSettings.holdMs.exactOptional(),
  longpollBatch: transportSettings.longpollBatch.exactOptional(),
  heartbeatMs: transportSettings.heartbeatMs.exactOptional(),
  heartbeatTimeoutMs: amount.exactOptional(),
  recovery: z.boolean().exactOptional(),
  socketioAgent: transportSettings.socketioAgent.exactOptional(),
  headers: transportSettings.headers.exactOptional(),
});

/** Every value that a scenario came down to. */
export const scenario = z.looseObject({
  name: text,
  summary: text,
  application: z.enum(APPLICATION_NAMES),
  clients: amount,
  witnesses: amount,
  crowd: z.enum(['lean', 'library']).default('library'),
  ratePerSecond: amount,
  arrivals: z.enum(['periodic', 'poisson']),
  payloadBytes: amount,
  payloadKind: z.enum(['text', 'binary']),
  durationMs: amount,
  phases: z.array(phase).default([]),
  faults: z.array(fault).default([]),
  warmupMs: amount,
  rounds: amount,
  seed: figure,
  tls: z.boolean(),
  rttMs: amount.default(0),
  jitterMs: amount.default(0),
  bandwidthBitsPerSecond: amount.default(0),
  ...transportSettings,
  transports: z.record(text, ownTransportSettings).default({}),
  roomSize: amount.default(5),
  history: text.default('none'),
  historyMode: z.enum(['write-through', 'write-behind']).default('write-through'),
  historyLast: amount.default(20),
  symbols: amount.default(200),
  subscriptions: amount.default(10),
  conflate: z.boolean().default(false),
  channels: amount.default(4),
  multiplex: z.enum(['tagged', 'connections', 'namespaces']).default('tagged'),
  slowChannel: z.boolean().default(false),
  churnPerSecond: amount.default(0),
  stormShare: amount.default(0),
  nodes: amount.default(1),
  adapter: z.enum(['none', 'redis', 'redis-sharded', 'redis-streams', 'cluster']).default('none'),
  redis: text.default('own'),
  redisClient: z.enum(['ioredis', 'node-redis']).default('ioredis'),
  redisErrors: z.enum(['handled', 'unhandled']).default('handled'),
  balancer: z.enum(['none', 'nginx', 'haproxy']).default('none'),
  sticky: z.boolean().default(true),
  balancerMistake: z.enum(['none', 'no-upgrade', 'buffering']).default('none'),
});
