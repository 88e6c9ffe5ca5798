import type {
  Bound,
  Capacity,
  CapacityStep,
  Endpoint,
  EndpointLoad,
  Limiter,
  TransportCapacity,
  Vary,
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

/** What was found, in a few sentences. */
export function sentencesOf(capacity: Capacity, found: TransportCapacity): string[] {
  return [
    limitSentence(capacity, found),
    ...(found.doubled === null ? [] : doubledOf(capacity.vary, found, found.doubled)),
    ...(found.endpoint === null ? [] : endpointOf(found.endpoint)),
  ];
}

/** How much a transport carries, and what kept it from more. */
export function limitSentence(capacity: Capacity, found: TransportCapacity): string {
  return found.answer.kind === 'none' ? noneOf(capacity, found) : answerOf(capacity, found);
}

/** How much each carries, the most first. */
export function carriedSentence({ vary, slo }: Capacity, transports: readonly TransportCapacity[]): string {
  const by = ({ answer }: TransportCapacity) =>
    (vary === 'rate' ? answer.deliveriesPerSecond : answer.value) ?? 0;
  const told = transports
    .toSorted((one, other) => by(other) - by(one))
    .map((found) => {
      const most = found.answer.kind === 'at-least' ? 'at least ' : '';
      return `${inProse(found.transport)} ${by(found) === 0 ? 'none' : `${most}${count(by(found))}`}`;
    });
  const what = vary === 'rate' ? 'Deliveries per second' : 'Clients';
  return `${what} with ${sloText(slo)}: ${listed(told)}.`;
}

/** The bound of a service level that is on latency, if it has one. */
export function boundOf(slo: readonly Bound[]): LatencyBound | undefined {
  return slo.find(isOnLatency);
}

interface LatencyBound extends Bound {
  readonly figure: Exclude<Bound['figure'], 'cpu'>;
}

function isOnLatency(bound: Bound): bound is LatencyBound {
  return bound.figure !== 'cpu';
}

/** What came of a load that had been too much, with twice the driver processes. */
function doubledOf(vary: Vary, { steps }: TransportCapacity, doubled: CapacityStep): string[] {
  const { value, drivers, verdict, limiter } = doubled;
  const before = steps.find((step) => step.value === value);
  if (before === undefined || verdict === 'limit') return [];
  const processes = `with ${drivers} driver processes in place of ${before.drivers}`;
  const place = `At ${amountOf(vary, value)}, ${processes},`;
  if (verdict === 'pass') return [`${place} the bounds were met: the drivers were the limit.`];
  const busy = `server ${coreOf(doubled.serverCoreShare ?? 0)}, clients' side ${coreOf(doubled.driverCoreShare ?? 0)}`;
  return [`${place} it is the same: ${LIMITS[limiter ?? 'failure']} (${busy}).`];
}

function answerOf({ slo, vary, scenario }: Capacity, { transport, answer }: TransportCapacity): string {
  const { kind, value, failsAt, deliveriesPerSecond, limiter, why, deliveriesPerCoreSecond } = answer;
  const clients = counted(vary === 'clients' ? (value ?? 0) : scenario.clients, 'client');
  const rate = loadText(vary === 'rate' ? (value ?? 0) : scenario.ratePerSecond);
  const most = kind === 'at-least' ? 'at least ' : '';
  const load = `${most}${count(deliveriesPerSecond ?? 0)} deliveries/s to ${clients} (${rate} msg/s each)`;
  const each =
    deliveriesPerCoreSecond === null ? '' : `, ${count(deliveriesPerCoreSecond)} for each second of its CPU`;
  const used = `; the server used ${percentage(answer.serverCoreShare)}% of its core${each}`;
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
