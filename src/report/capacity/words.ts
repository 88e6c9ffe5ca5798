import type {
  Bound,
  Capacity,
  Endpoint,
  EndpointLoad,
  Limiter,
  TransportCapacity,
} from '../../measurements.ts';
import { count, duration, figure, percentage, plain } from '../numbers.ts';
import { clientsOf, machineOf } from '../words/header.ts';
import { inProse } from '../words/labels.ts';
import { capital, clean, counted, listed } from '../words/text.ts';

const LIMITS: Readonly<Record<Limiter, string>> = {
  'server-cpu': 'the server was the limit',
  'server-loop': "the server's event loop was the limit",
  latency: 'the latency bound was the limit, not the CPU',
  loss: 'loss was the limit',
  bandwidth: "the clients' link was the limit",
  driver: 'the driver was the limit',
  generator: "rtbench's own schedule was the limit",
  relay: "the link's relay was the limit",
  'open-files': 'open files were the limit',
  ports: 'ports were the limit',
  rtbench: 'rtbench itself was the limit',
  bounds: 'the search was not to go further',
  noise: 'other programs were the limit',
  failure: 'rounds failed',
  time: 'the search is not through',
};

/** The work and the service level, each part on its own. */
export function workOf({ scenario, slo, vary }: Capacity): string[] {
  return [
    `capacity: the ${vary === 'rate' ? 'highest rate' : 'most clients'} with ${sloText(slo)}`,
    clean(scenario.name),
    ...clientsOf(scenario, [vary]),
    ...(vary === 'rate' ? [] : [`${plain(scenario.ratePerSecond)} msg/s to each`]),
    `${count(scenario.payloadBytes)} B ${scenario.payloadKind}`,
    ...(scenario.tls ? ['TLS'] : []),
    ...(scenario.rttMs === 0 ? [] : [`RTT ${duration(scenario.rttMs)}`]),
    `rounds of ${duration(scenario.durationMs)}`,
  ];
}

/** Where it was measured, each part on its own. */
export function placeOf(capacity: Capacity): string[] {
  return machineOf(capacity);
}

/** `p99 < 50 ms and server CPU < 80%`. */
export function sloText(slo: readonly Bound[]): string {
  return listed(
    slo.map(({ figure: name, limit, inclusive }) => {
      const operator = inclusive ? '≤' : '<';
      return name === 'cpu'
        ? `server CPU ${operator} ${percentage(limit)}%`
        : `${name} ${operator} ${duration(limit)}`;
    }),
  );
}

/** What must be known to read the table; empty where nothing must. */
export function legendOf({ transports }: Capacity): string {
  const hasSpoilt = transports.some(({ steps }) => steps.some(({ spoilt }) => spoilt > 0));
  return hasSpoilt ? 'rounds: those that count, + those that other programs spoilt.' : '';
}

/** What stopped a step, as the table marks it. */
export function markOf({
  verdict,
  limiter,
}: {
  readonly verdict: string;
  readonly limiter: string | null;
}): string {
  return verdict === 'pass' ? 'ok' : clean(limiter ?? '');
}

/** What was found, in one or two sentences. */
export function sentencesOf(capacity: Capacity, found: TransportCapacity): string[] {
  const answer = found.answer.kind === 'none' ? noneOf(capacity, found) : answerOf(capacity, found);
  return found.endpoint === null ? [answer] : [answer, ...endpointOf(found.endpoint)];
}

function answerOf({ slo, vary, scenario }: Capacity, { transport, answer }: TransportCapacity): string {
  const { kind, value, failsAt, deliveriesPerSecond, limiter, why, serverCoreShare } = answer;
  const clients = counted(vary === 'clients' ? (value ?? 0) : scenario.clients, 'client');
  const rate = loadText(vary === 'rate' ? (value ?? 0) : scenario.ratePerSecond);
  const most = kind === 'at-least' ? 'at least ' : '';
  const load = `${most}${count(deliveriesPerSecond ?? 0)} deliveries/s to ${clients} (${rate} msg/s each)`;
  const used = kind === 'at-least' ? `; the server used ${percentage(serverCoreShare)}% of its core` : '';
  const next = failsAt === null ? '' : ` at ${amountOf(vary, failsAt)}`;
  const end =
    limiter === 'time'
      ? `The search is not through: ${clean(why)}.`
      : `What kept it from more${next}: ${LIMITS[limiter]} (${clean(why)}).`;
  return `${capital(inProse(transport))} carries ${load} at ${sloText(slo)} here${used}. ${end}`;
}

function noneOf({ slo, vary, scenario }: Capacity, { transport, answer, steps }: TransportCapacity): string {
  const name = capital(inProse(transport));
  if (steps.length === 0) return `${name} was not measured: ${clean(answer.why)}.`;
  const lowest = amountOf(vary, answer.failsAt ?? 0);
  const waits =
    transport === 'polling' && answer.limiter === 'latency'
      ? ` Its clients ask every ${duration(scenario.transports[transport]?.pollIntervalMs ?? scenario.pollIntervalMs)}, whatever the load: shorten --poll-interval, or loosen --slo.`
      : '';
  return `${name} met ${sloText(slo)} at no load that was tried, the lowest being ${lowest}: ${LIMITS[answer.limiter]} (${clean(answer.why)}).${waits}`;
}

/** A rate or a number of clients, as it was set. */
export function loadText(value: number): string {
  return value >= 1000 ? count(value) : plain(value);
}

/** A load in the unit of what was varied. */
function amountOf(vary: Capacity['vary'], value: number): string {
  return vary === 'clients' ? counted(value, 'client') : `${loadText(value)} msg/s`;
}

const ENDPOINT_LIMITS: Readonly<Record<EndpointLoad['limiter'], string>> = {
  'server-cpu': 'the server was the limit',
  driver: 'autocannon was the limit',
  noise: 'other programs were the limit',
};

function endpointOf({ loads, pollIntervalMs, connections }: Endpoint): string[] {
  const told = loads.map((load) => {
    const { answersPerSecond, messagesPerAnswer, clients, limiter } = load;
    const what =
      messagesPerAnswer === 0 ? 'with nothing to tell' : `with ${counted(messagesPerAnswer, 'message')} each`;
    const cores = `server ${coreOf(load.serverCoreShare)}, autocannon ${coreOf(load.cannonCoreShare)} of a core`;
    return (
      `The endpoint answers ${atLeast(load)}${count(answersPerSecond)} polls/s ${what}: at one poll every ` +
      `${duration(pollIntervalMs)} that is ${atLeast(load)}${counted(clients, 'client')} (${ENDPOINT_LIMITS[limiter]}: ${cores}).`
    );
  });
  return [...told, `autocannon asked over ${connections} connections, each without a pause.`];
}

function atLeast({ kind }: EndpointLoad): string {
  return kind === 'at-least' ? 'at least ' : '';
}

function coreOf(share: number): string {
  return `${figure(share * 100, 2)}%`;
}
