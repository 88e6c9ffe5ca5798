import type { ResolvedScenario } from '../../measurements.ts';
import { STAMP_BYTES } from '../../message.ts';
import { readBandwidth, readDecimal, readDuration, readSize, readWhole } from '../units.ts';
import { applicationDefaults, applicationFields } from './application.ts';
import { clusterDefaults, clusterFields } from './cluster.ts';
import { faultsReading } from './faults.ts';
import { choice, type Field, field, onOff, ranged } from './field.ts';
import { MAX_RATE, phasesReading, WINDOW_MS } from './phases.ts';

export type { Field };

/** The values of a scenario that have an option and a field each; the others follow from them. */
export type Setting = Exclude<
  keyof ResolvedScenario,
  'name' | 'summary' | 'application' | 'witnesses' | 'transports'
>;

/** As many rounds as a precision asks for. */
export const AUTO = 'auto';

/** What files and options set; by transport, only files do. */
export type Settings = Pick<ResolvedScenario, 'transports'> & {
  readonly [S in Setting]: S extends 'rounds' ? number | typeof AUTO : ResolvedScenario[S];
};

const MAX_WARMUP_MS = 600_000;
// Farther away, the libraries' own time-outs end a connection before it is open.
const MAX_RTT_MS = 4_000;
const LEAST_BANDWIDTH = 8_000;
const MAX_PAYLOAD_BYTES = 1024 ** 2;

/** What holds where neither the command line nor the scenario says otherwise. */
export const defaults: Settings & { readonly rounds: number } = {
  clients: 200,
  crowd: 'lean',
  ratePerSecond: 20,
  arrivals: 'periodic',
  payloadBytes: 64,
  payloadKind: 'text',
  durationMs: 1000,
  phases: [],
  faults: [],
  warmupMs: 100,
  rounds: 5,
  seed: 1,
  pollIntervalMs: 1000,
  holdMs: 25_000,
  longpollBatch: true,
  heartbeatMs: 25_000,
  heartbeatTimeoutMs: 20_000,
  recovery: false,
  socketioAgent: 'keep-alive',
  headers: 'minimal',
  tls: false,
  rttMs: 0,
  jitterMs: 0,
  bandwidthBitsPerSecond: 0,
  ...applicationDefaults,
  ...clusterDefaults,
  transports: {},
};

/** More than these are not worth their time. */
export const MOST_ROUNDS = 1000;
const { read: count } = ranged('', readWhole, 1, MOST_ROUNDS);

const patience = ranged('a time from 1ms to 1h, such as 500ms or 25s', readDuration, 1, WINDOW_MS.most);

const written = {
  clients: field(
    'clients <count>',
    'clients that receive, crowd and witnesses together',
    ranged('a positive integer', readWhole, 1, Number.MAX_SAFE_INTEGER),
  ),
  crowd: field(
    'crowd <kind>',
    'clients that only make the load: lean (bare sockets) or library (as the witnesses are)',
    choice('lean', 'library'),
  ),
  ratePerSecond: field(
    'rate <per-second>',
    'messages that each client is due per second',
    ranged(`a number of messages per second from 0.001 to ${MAX_RATE}`, readDecimal, 0.001, MAX_RATE),
  ),
  arrivals: field(
    'arrivals <kind>',
    'how messages are spaced: periodic or poisson',
    choice('periodic', 'poisson'),
  ),
  payloadBytes: field(
    'payload <size>',
    'size of a message: 64, 512B, 64KiB',
    ranged(
      `a size from ${STAMP_BYTES} (the stamp that every message bears) to 1MiB, such as 64 or 64KiB`,
      readSize,
      STAMP_BYTES,
      MAX_PAYLOAD_BYTES,
    ),
  ),
  payloadKind: field(
    'payload-kind <kind>',
    'what a message is made of: text or binary',
    choice('text', 'binary'),
  ),
  durationMs: field(
    'duration <time>',
    'the measured window of one round: 1500ms, 2s, 1m',
    ranged(
      'a time from 100ms to 1h, such as 1500ms, 2s or 1m',
      readDuration,
      WINDOW_MS.least,
      WINDOW_MS.most,
    ),
  ),
  phases: field(
    'phases <list>',
    "instead of --rate and --duration: 'steady 2s 20, burst 500ms 200, ramp 1s 1..50, quiet 1s 0', or none",
    phasesReading,
  ),
  faults: field(
    'faults <list>',
    "what goes wrong: 'server-kill at 1s for 2s, storm at 6s', or none",
    faultsReading,
  ),
  warmupMs: field(
    'warmup <time>',
    "how long the scenario's own rate settles before the window",
    ranged('a time from 0 to 10m, such as 200ms or 2s', readDuration, 0, MAX_WARMUP_MS),
  ),
  rounds: field('rounds <count>', 'rounds of each transport, or auto: until --precision is reached', {
    expected: `an integer from 1 to ${MOST_ROUNDS}, or ${AUTO}`,
    read: (text) => (text === AUTO ? AUTO : count(text)),
  }),
  seed: field(
    'seed <number>',
    'what all chance comes from: the same seed gives the same order and arrivals',
    ranged('an integer from 0 to 4294967295', readWhole, 0, 2 ** 32 - 1),
  ),
  pollIntervalMs: field('poll-interval <time>', 'polling: from an answer to the next request', patience),
  holdMs: field('hold <time>', 'longpoll: how long a request without news is held', patience),
  longpollBatch: field(
    'longpoll-batch <on|off>',
    'longpoll: all that is pending in one answer, or one message an answer',
    onOff(),
  ),
  heartbeatMs: field(
    'heartbeat <time>',
    'time between signs of life on lasting connections; 5s/2s also sets --heartbeat-timeout',
    {
      expected: `${patience.expected}, or with its time-out: 5s/2s`,
      read(text) {
        const [interval = '', timeout = interval, ...more] = text.split('/').map((part) => part.trim());
        const isGood = patience.read(timeout) !== undefined && more.length === 0;
        return isGood ? patience.read(interval) : undefined;
      },
    },
  ),
  heartbeatTimeoutMs: field(
    'heartbeat-timeout <time>',
    'how long after a missing sign of life a connection is given up',
    patience,
  ),
  recovery: field(
    'recovery <on|off>',
    'socket.io: a client that lost its connection gets what it missed',
    onOff(),
  ),
  socketioAgent: field(
    'socketio-agent <kind>',
    "socket.io over HTTP: keep-alive, or the library's default of a connection per request",
    choice('keep-alive', 'default'),
  ),
  headers: field(
    'headers <kind>',
    'request headers: minimal, or those that a browser sends',
    choice('minimal', 'browser'),
  ),
  tls: field('tls', 'carry everything over https and wss', onOff()),
  rttMs: field(
    'rtt <time>',
    'distance between clients and server, there and back, by a relay',
    ranged('a time from 0 to 4s, such as 50ms', readDuration, 0, MAX_RTT_MS),
  ),
  jitterMs: field(
    'jitter <time>',
    'how far each way may be off the half of --rtt, at random; order is kept',
    ranged('a time from 0 to 2s, such as 5ms', readDuration, 0, MAX_RTT_MS / 2),
  ),
  bandwidthBitsPerSecond: field(
    'bandwidth <bits>',
    "what each client's link carries each way: 500kbit, 10mbit",
    ranged(
      'a bandwidth from 8kbit to 100gbit, such as 500kbit or 10mbit, or 0 for no limit',
      (text) => {
        const bits = readBandwidth(text);
        return bits !== 0 && (bits ?? 0) < LEAST_BANDWIDTH ? undefined : bits;
      },
      0,
      1e11,
    ),
  ),
  ...applicationFields,
  ...clusterFields,
} satisfies { readonly [S in Setting]: Field<Settings[S]> };

/** Every setting, in the order that the help shows them. */
export const fields: { readonly [S in Setting]: Field<Settings[S]> } = written;

/** Every setting's option, with a name for its value. */
export type Usages = { readonly [S in Setting]: (typeof written)[S]['usage'] };
