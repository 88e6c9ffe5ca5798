import type { CpuReading } from '../meter.ts';

/** What the keeper of a foreign program is asked; it keeps one at a time. */
export type ProgramCalls = {
  /** So many ports of 127.0.0.1 that nobody listens on, in the keeper's network. */
  findPorts(input: { count: number }): Promise<readonly number[]>;
  /** Starts it; answers when it accepts connections. */
  start(input: ProgramStart): Promise<null>;
  /** SIGKILL; answers when it is gone. */
  kill(input: null): Promise<null>;
  signal(input: { signal: NodeJS.Signals }): null;
  /** What it and its own processes have used of the CPU, at each instant. */
  watch(input: { instantsNs: readonly number[] }): Promise<readonly CpuReading[]>;
};

/** A program that is not ours, as it is started. */
export interface ProgramStart {
  readonly command: readonly string[];
  /** By name, what its working folder is to hold; the folder is made for it, and goes with it. */
  readonly files: Readonly<Record<string, string>>;
  /** It is ready when it accepts connections there. */
  readonly port: number;
}
