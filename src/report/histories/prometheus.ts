import type { Capacity, Head, Report } from '../../measurements.ts';
import { clean } from '../words/text.ts';
import { capacityFigures, type Figure, reportFigures, tidy } from './figures.ts';

type Labels = Readonly<Record<string, string>>;

/** One metric with its samples, in the words of Prometheus. */
interface Family {
  readonly name: string;
  readonly help: string;
  readonly samples: readonly { readonly labels: Labels; readonly value: number }[];
}

/** The report in Prometheus' text format: gauges in base units, to be pushed or collected as a text file. */
export function prometheus(report: Report): string {
  const { summaries, scenario } = report;
  const counts = (name: string, help: string, of: (summary: Report['summaries'][number]) => number) => ({
    ...{ name: `rtbench_${name}`, help },
    samples: summaries.map((summary) => ({
      labels: { scenario: scenario.name, transport: summary.transport },
      value: of(summary),
    })),
  });
  return exposition([
    ...headFamilies(report),
    counts('rounds', 'Rounds that were finished', ({ rounds }) => rounds),
    counts('valid_rounds', 'Rounds that the medians rest on', ({ validRounds }) => validRounds),
    ...figureFamilies(reportFigures(report)),
  ]);
}

/** Capacities in the same. */
export function capacityPrometheus(capacity: Capacity): string {
  const answered = capacity.transports.filter(({ answer }) => answer.deliveriesPerSecond !== null);
  return exposition([
    ...headFamilies(capacity),
    {
      name: 'rtbench_capacity_is_lower_bound',
      help: '1 where something else than the server ended the search',
      samples: answered.map(({ transport, answer }) => ({
        labels: { scenario: capacity.scenario.name, transport },
        value: answer.kind === 'at-least' ? 1 : 0,
      })),
    },
    ...figureFamilies(capacityFigures(capacity)),
  ]);
}

function headFamilies({ rtbench, machine, finishedAt, scenario }: Head): Family[] {
  const { cpu, cores, os, node, isolation, packages } = machine;
  const of = { scenario: scenario.name };
  const finished = Date.parse(finishedAt) / 1000;
  return [
    {
      name: 'rtbench_info',
      help: 'What measured, and where',
      samples: [{ labels: { ...of, rtbench, node, cpu, cores: String(cores), os, isolation }, value: 1 }],
    },
    {
      name: 'rtbench_package_info',
      help: 'The versions of the libraries that were measured',
      samples: Object.entries(packages).map(([name, version]) => ({
        labels: { ...of, package: name, version },
        value: 1,
      })),
    },
    {
      name: 'rtbench_finished_timestamp_seconds',
      help: 'When it was done, in Unix time',
      samples: Number.isFinite(finished) ? [{ labels: of, value: finished }] : [],
    },
  ];
}

/** Three families for each figure, so that nobody adds up a median and its interval. */
function figureFamilies(figures: readonly Figure[]): Family[] {
  return [...Map.groupBy(figures, ({ key }) => key).values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const { name, factor } = inBaseUnit(first.key);
    const family = (suffix: string, help: string, of: (figure: Figure) => number | null) => ({
      name: `rtbench_${name}${suffix}`,
      help: first.label + help,
      samples: same.flatMap((figure) => {
        const value = of(figure);
        const { scenario, transport } = figure;
        return value === null ? [] : [{ labels: { scenario, transport }, value: tidy(value * factor) }];
      }),
    });
    return [
      family('', '', ({ estimate }) => estimate.median),
      family('_low', ', where its 95% interval begins', ({ estimate }) => estimate.low),
      family('_high', ', where its 95% interval ends', ({ estimate }) => estimate.high),
    ];
  });
}

/** By what a metric's key ends in: its unit here, and how many of those one of its own is. */
const BASE_UNITS = [
  { ending: 'Ms', unit: '_seconds', factor: 1e-3 },
  { ending: 'Us', unit: '_seconds', factor: 1e-6 },
  { ending: 'Percent', unit: '_ratio', factor: 1e-2 },
  { ending: 'Yardsticks', unit: '_yardsticks', factor: 1e-6 },
];

function inBaseUnit(key: string): { readonly name: string; readonly factor: number } {
  const snake = (text: string) => text.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const found = BASE_UNITS.find(({ ending }) => key.endsWith(ending));
  if (found === undefined) return { name: snake(key), factor: 1 };
  return { name: snake(key.slice(0, -found.ending.length)) + found.unit, factor: found.factor };
}

function exposition(families: readonly Family[]): string {
  return families
    .filter(({ samples }) => samples.length > 0)
    .flatMap(({ name, help, samples }) => [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} gauge`,
      ...samples.map(({ labels, value }) => `${name}{${labelList(labels)}} ${value}`),
    ])
    .map((line) => `${line}\n`)
    .join('');
}

function labelList(labels: Labels): string {
  const quoted = (value: string) => clean(value).replace(/["\\]/g, '\\$&');
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${quoted(value)}"`)
    .join(',');
}
