import type { Capacity, CapacityStep, TransportCapacity } from '../../measurements.ts';
import { count, figure, NONE } from '../numbers.ts';
import { nameOf } from '../words/labels.ts';
import { loadText, markOf } from './words.ts';

/** A table's head and its lines of cells; what it shows beside them is the writer's own. */
export interface Cells {
  readonly head: readonly string[];
  readonly lines: readonly (readonly string[])[];
}

/** The steps of one transport, the lowest load first. */
export function stepsInOrder({ steps }: TransportCapacity): CapacityStep[] {
  return steps.toSorted((a, b) => a.value - b.value);
}

/** One line a step. */
export function stepCells({ vary, slo }: Capacity, steps: readonly CapacityStep[]): Cells {
  const figures = [...new Set(['p50', 'p99', ...slo.map(({ figure: name }) => name)])].filter(isLatency);
  return {
    head: [
      vary === 'rate' ? 'msg/s' : 'clients',
      'deliveries/s',
      ...figures.map((name) => `${name} ms`),
      'server',
      'driver',
      'rounds',
    ],
    lines: steps.map((step) => [
      loadText(step.value),
      step.deliveriesPerSecond === null ? NONE : count(step.deliveriesPerSecond),
      ...figures.map((name) => figure(step.latency?.[`${name}Ms`])),
      core(step.serverCoreShare),
      core(step.driverCoreShare),
      `${step.rounds}${step.spoilt === 0 ? '' : `+${step.spoilt}`}`,
    ]),
  };
}

/** One line a transport. */
export function answerCells({ vary, transports }: Capacity): Cells {
  return {
    head: ['transport', vary === 'rate' ? 'msg/s' : 'clients', 'deliveries/s', 'server', 'per core', 'limit'],
    lines: transports.map(({ transport, answer }) => [
      nameOf(transport),
      answer.value === null ? 'none' : `${answer.kind === 'at-least' ? '≥ ' : ''}${loadText(answer.value)}`,
      answer.deliveriesPerSecond === null ? NONE : count(answer.deliveriesPerSecond),
      core(answer.serverCoreShare),
      answer.deliveriesPerCoreSecond === null ? NONE : count(answer.deliveriesPerCoreSecond),
      markOf({ verdict: 'fail', limiter: answer.limiter }),
    ]),
  };
}

const LATENCIES = ['p50', 'p90', 'p99', 'p999', 'max', 'mean'] as const;

function isLatency(name: string): name is (typeof LATENCIES)[number] {
  return LATENCIES.some((known) => known === name);
}

function core(share: number | null): string {
  return share === null ? NONE : `${Math.round(share * 100)}%`;
}
