import type { OpenStage } from '../../../demo/stage/open.ts';
import { TerminalLanes } from '../../../demo/terminal/terminal-lanes.ts';
import type { DemoState } from '../../../demo-talk.ts';
import { lookOf } from '../../look.ts';
import { print } from '../../print.ts';
import { screenOf } from './screen.ts';

const UP = (lines: number) => `\u001b[${lines}A`;
const CLEAR_LINE = '\u001b[2K';

/** The lanes in a terminal. */
export interface TerminalShow {
  /** Prints how the lanes are now, where they are not seen all the time. */
  tell(): Promise<void>;
  close(): Promise<void>;
}

/** Connects a client of each transport, and draws them over and over where standard output is a terminal. */
export async function showInTerminal(stage: OpenStage, color: boolean | undefined): Promise<TerminalShow> {
  const { stdout } = process;
  const lanes = new TerminalLanes(stage);
  const text = () => screenOf(stage.state, lanes.views, lookOf(stdout, color, process.env));
  await lanes.open();
  let drawn = 0;
  const draw = (state: DemoState) => {
    lanes.look(state);
    if (!stdout.isTTY) return;
    const lines = text();
    stdout.write(`${drawn > 0 ? UP(drawn) : ''}${lines.map((line) => `${CLEAR_LINE}${line}\n`).join('')}`);
    drawn = lines.length;
  };
  const stop = stage.onState(draw);
  const tell = async () => {
    if (!stdout.isTTY) await print(`${text().join('\n')}\n`);
  };
  return {
    tell,
    async close() {
      stop();
      await lanes.close();
    },
  };
}
