import * as z from 'zod';
import { applications } from '../../applications/index.ts';
import { APPLICATION_NAMES } from '../../measurements.ts';
import { aliases, transports } from '../../transports/index.ts';
import { faultParts, faultsReading, MOST_FAULTS } from '../fields/faults.ts';
import type { Reading } from '../fields/field.ts';
import { fields } from '../fields/index.ts';
import { MOST_PHASES, phaseParts, phasesReading, shortName } from '../fields/phases.ts';
import { settingNames } from '../settings.ts';
import { transportSettings } from '../transport-options.ts';

/** What every scenario has, its own or from what it extends, and what each is to be. */
export const HEAD = {
  name: shortName.expected,
  summary: 'a sentence of at most 200 characters on one line',
  application: `one of ${APPLICATION_NAMES.join(', ')}`,
};
const MOST_THRESHOLDS = 100;
const THRESHOLDS = `none, or a list of at most ${MOST_THRESHOLDS} expressions such as \`websocket.latencyP99Ms>20\``;
const BASE = 'the name of a scenario that comes with rtbench, or the path of a .yaml file from this one';

/** Nothing that ends a line, or that a terminal would obey. */
const PRINTABLE = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+$/u;

/** What a file may hold; messages are what a value is expected to be. Values stay as they were written, as text. */
export const scenarioSchema = z.strictObject(
  {
    extends: sentence(BASE, 500)
      .optional()
      .describe('The scenario whose fields hold where this one has none'),
    name: named().optional(),
    summary: sentence(HEAD.summary, 200).optional().describe('What it is, for lists'),
    application: z
      .enum(APPLICATION_NAMES, HEAD.application)
      .optional()
      .describe(applications.map(({ name, summary }) => `${name}: ${summary}`).join('; ')),
    ...Object.fromEntries(
      settingNames
        .filter((setting) => setting !== 'phases' && setting !== 'faults')
        .map((setting) => [fields[setting].option, scalar(fields[setting], fields[setting].help)]),
    ),
    phases: phasesSchema(),
    faults: faultsSchema(),
    failIf: failIfSchema(),
    transports: z
      .strictObject(
        Object.fromEntries(
          [...transports.map(({ name }) => name), ...Object.keys(aliases)].map((name) => [
            name,
            transportSchema().optional(),
          ]),
        ),
        'a list of `transport: { option: value }` lines',
      )
      .optional()
      .describe('Options of single transports, where they differ from those of all'),
  },
  'a list of `field: value` lines',
);

function transportSchema() {
  const options = transportSettings.map((setting) => fields[setting]);
  return z.strictObject(
    Object.fromEntries(options.map((field) => [field.option, scalar(field, field.help)])),
    `options of a transport: ${options.map(({ option }) => option).join(', ')}`,
  );
}

function phasesSchema() {
  const { rate, from, to } = phaseParts;
  const phase = z
    .strictObject(
      {
        name: named(),
        for: text(phaseParts.for).describe(`How long it lasts: ${phaseParts.for.expected}`),
        rate: scalar(rate, 'Messages that each client is due per second; 0 for quiet'),
        from: scalar(from, 'The rate at its start, where it changes evenly to that of `to`'),
        to: scalar(to, 'The rate at its end'),
      },
      'a phase: `{ name: burst, for: 500ms, rate: 200 }`',
    )
    .superRefine((written, context) => {
      const refuse = (message: string) => context.addIssue({ code: 'custom', path: ['rate'], message });
      const ends = [written.from, written.to].filter((end) => end !== undefined).length;
      if (written.rate === undefined && ends < 2) {
        refuse(`${rate.expected}, unless there are \`from\` and \`to\``);
      } else if (written.rate !== undefined && ends > 0) {
        refuse('alone, or left out where there are `from` and `to`');
      }
    });
  return z
    .union([z.string(), z.array(phase).max(MOST_PHASES)], phasesReading.expected)
    .transform((phases) =>
      typeof phases === 'string'
        ? phases
        : phases.map((one) => `${one.name} ${one.for} ${one.rate ?? `${one.from}..${one.to}`}`).join(', '),
    )
    .refine(isReadBy(phasesReading), phasesReading.expected)
    .optional()
    .describe('Stretches of the window with rates of their own, instead of rate and duration');
}

function faultsSchema() {
  const { fault, at, for: length, node } = faultParts;
  const one = z.strictObject(
    {
      fault: z.string(fault.expected).refine(isReadBy(fault), fault.expected).meta({ enum: fault.choices }),
      at: text(at).describe(`When it begins: ${at.expected}`),
      for: scalar(length, 'How long it is there; until the end where nothing is said'),
      node: scalar(node, 'Which node it strikes'),
    },
    'a fault: `{ fault: server-kill, at: 2s, for: 1s }`',
  );
  return z
    .union([z.string(), z.array(one).max(MOST_FAULTS)], faultsReading.expected)
    .transform((faults) =>
      typeof faults === 'string'
        ? faults
        : faults.length === 0
          ? 'none'
          : faults
              .map((each) => {
                const time = each.for === undefined ? '' : ` for ${each.for}`;
                return `${each.fault} at ${each.at}${time}${each.node === undefined ? '' : ` on ${each.node}`}`;
              })
              .join(', '),
    )
    .refine(isReadBy(faultsReading), faultsReading.expected)
    .optional()
    .describe('What goes wrong, and when');
}

function failIfSchema() {
  return z
    .union([z.literal('none'), z.array(z.string(THRESHOLDS)).max(MOST_THRESHOLDS)], THRESHOLDS)
    .optional()
    .describe('What must not be true of the result, or exit code 99; beside that of what it extends');
}

function isReadBy(reading: Reading<unknown>): (text: string) => boolean {
  return (text) => reading.read(text) !== undefined;
}

function named() {
  const { expected, pattern } = shortName;
  return z.string(expected).regex(pattern, expected).describe(`What tables call it: ${expected}`);
}

function sentence(expected: string, length: number) {
  return z
    .string(expected)
    .trim()
    .min(1, expected)
    .max(length, expected)
    .refine((words) => PRINTABLE.test(words), expected);
}

function scalar(reading: Reading<unknown>, help: string) {
  const { choices, expected } = reading;
  const about =
    choices === undefined ? { description: `${help} (${expected})` } : { description: help, enum: choices };
  return text(reading).optional().meta(about);
}

function text(reading: Reading<unknown>) {
  const isFlag = reading.choices?.includes(true) === true;
  const beside = reading.choices === undefined ? [z.number()] : isFlag ? [z.boolean()] : [];
  return z
    .union([z.string(), ...beside], reading.expected)
    .transform(String)
    .refine(isReadBy(reading), reading.expected);
}

/** The same as a JSON Schema, so that editors complete scenario files and mark what is wrong. */
export function scenarioJsonSchema(): object {
  return {
    title: 'A scenario of rtbench: a workload in a file',
    ...z.toJSONSchema(scenarioSchema, { io: 'input' }),
    anyOf: [{ required: ['extends'] }, { required: Object.keys(HEAD) }],
  };
}
