import type { CpuReading } from '../meter.ts';
import { RoleProcess } from '../role-process.ts';
import type { ProgramCalls, ProgramStart } from './protocol.ts';

/** A program that is not ours, in a round's place: it never outlives this process, and neither does what it wrote. */
export class Program {
  readonly #keeper: RoleProcess<ProgramCalls>;
  #start: ProgramStart | undefined;

  constructor(cores: readonly number[] | undefined, enter: readonly string[] | undefined) {
    this.#keeper = new RoleProcess('program', cores, enter);
  }

  findPorts(count: number): Promise<readonly number[]> {
    return this.#keeper.ask('findPorts', { count });
  }

  /** Resolves when it accepts connections. */
  async start(start: ProgramStart): Promise<void> {
    this.#start = start;
    await this.#keeper.ask('start', start);
  }

  /** SIGKILL; resolves when it is gone. */
  async kill(): Promise<void> {
    await this.#keeper.ask('kill', null);
  }

  /** Starts it again as it was started. */
  async restart(): Promise<void> {
    if (this.#start !== undefined) await this.#keeper.ask('start', this.#start);
  }

  async signal(signal: NodeJS.Signals): Promise<void> {
    await this.#keeper.ask('signal', { signal });
  }

  /** What it and its own processes have used of the CPU, at each instant. */
  watch(instantsNs: readonly number[]): Promise<readonly CpuReading[]> {
    return this.#keeper.ask('watch', { instantsNs });
  }

  /** Ends it for good and removes its folder. */
  end(): Promise<void> {
    return this.#keeper.end();
  }
}
