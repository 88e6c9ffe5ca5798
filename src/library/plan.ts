import type { Transport } from '../contracts.ts';
import { openFileLimit } from '../instrument/limits/kernel.ts';
import { chosenTransport, chosenTransports } from '../plan/choose.ts';
import { defaults, fields } from '../plan/fields/index.ts';
import { makePlan } from '../plan/make.ts';
import type { Plan } from '../plan/plan.ts';
import { settingNames } from '../plan/settings.ts';
import { expected, suggestion } from '../plan/wording.ts';
import { loadScenario } from '../scenarios.ts';

type Texts = Readonly<Partial<Record<string, string>>>;

/** The option by which each command is told its transports, and how it is read. */
const TRANSPORTS = {
  run: { word: 'transport', chosen: (text: string | undefined) => [chosenTransport(text)] },
  compare: { word: 'transports', chosen: chosenTransports },
} satisfies Record<string, { readonly word: string; chosen(text: string | undefined): readonly Transport[] }>;

const settingOf = new Map(settingNames.map((name) => [camel(fields[name].option), name]));
const UNTIL = ['precision', 'precisionOf', 'maxTime'];
const WORDS = ['scenario', ...settingOf.keys(), ...UNTIL, 'isolate'];

/** The plan that a command would make of the same options. */
export async function planOf(command: keyof typeof TRANSPORTS, options: object): Promise<Plan> {
  const { word, chosen } = TRANSPORTS[command];
  const texts = textsOf(options, [word, ...WORDS]);
  const named = (words: Iterable<readonly [string, string]>) =>
    Object.fromEntries(
      [...words].flatMap(([word, name]) => (texts[word] === undefined ? [] : [[name, texts[word]]])),
    );
  const request = {
    command: [command, ...typed(texts)],
    transports: chosen(texts[word]),
    scenario: await loadScenario(texts.scenario ?? 'broadcast'),
    rounds: defaults.rounds,
    isolate: texts.isolate ?? 'auto',
    options: named(settingOf),
    until: named(UNTIL.map((word) => [word, word])),
  };
  return makePlan(request, { openFiles: openFileLimit() });
}

/** Options as somebody would type them; what is `undefined` is absent. */
function textsOf(options: object, words: readonly string[]): Texts {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const strange = given.find(([word]) => !words.includes(word))?.[0];
  if (strange !== undefined) {
    throw expected('an option', `one of ${words.join(', ')}`, strange, suggestion(strange, words));
  }
  return Object.fromEntries(given.map(([word, value]) => [word, String(value)]));
}

/** The same on the command line, for the report. */
function typed(texts: Texts): string[] {
  return Object.entries(texts).flatMap(([word, text = '']) => {
    const setting = settingOf.get(word);
    const isFlag = setting !== undefined && fields[setting].usage === fields[setting].option;
    return isFlag && text === 'true' ? [`--${dashed(word)}`] : [`--${dashed(word)}`, text];
  });
}

function camel(option: string): string {
  return option.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function dashed(word: string): string {
  return word.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
