import { Chalk, type ColorSupportLevel } from 'chalk';
import type { Look } from '../report/index.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Where there is no terminal to ask, and in files. */
const PAGE_COLUMNS = 100;

/** The look of a stream; `flag` is what --color or --no-color said. */
export function lookOf(stream: NodeJS.WriteStream, flag: boolean | undefined, env: Env): Look {
  return {
    columns: stream.columns || PAGE_COLUMNS,
    chalk: new Chalk({ level: colorLevel(flag, env, stream.isTTY === true) }),
  };
}

/** The look of a file: plain. */
export const plainLook: Look = { columns: PAGE_COLUMNS, chalk: new Chalk({ level: 0 }) };

/** Decides about color once: the flag wins, then FORCE_COLOR, then NO_COLOR, then whether it is a terminal. */
export function colorLevel(flag: boolean | undefined, env: Env, isTerminal: boolean): ColorSupportLevel {
  if (flag !== undefined) return flag ? 1 : 0;
  if (env.FORCE_COLOR !== undefined) return ['0', 'false'].includes(env.FORCE_COLOR) ? 0 : 1;
  if (env.NO_COLOR) return 0;
  return isTerminal && env.TERM !== 'dumb' ? 1 : 0;
}
