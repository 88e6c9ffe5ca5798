import { openFileLimit } from '../../instrument/limits/kernel.ts';
import type { CpuReading } from '../../instrument/meter.ts';
import { Program } from '../../instrument/program/program.ts';
import type { ClusterSettings } from '../../measurements.ts';
import { haproxy } from './haproxy.ts';
import type { BalancerName, Kind } from './layout.ts';
import { nginx } from './nginx.ts';
import { findBalancer } from './software.ts';

const kinds: Readonly<Record<BalancerName, Kind>> = { nginx, haproxy };

/** More connections than any machine here holds. */
const MOST_FILES = 65_536;

/** What stands before a round's nodes: a program of the machine, with a configuration made for the round. */
export class Balancer {
  readonly #name: BalancerName;
  readonly #program: Program;

  constructor(
    name: BalancerName,
    cores: readonly number[] | undefined,
    enter: readonly string[] | undefined,
  ) {
    this.#name = name;
    this.#program = new Program(cores, enter);
  }

  /** Starts it before the nodes that listen on these ports; answers the port where clients come in. */
  async start(
    nodes: readonly number[],
    { sticky, balancerMistake }: Pick<ClusterSettings, 'sticky' | 'balancerMistake'>,
  ): Promise<number> {
    const { options, file, configure } = kinds[this.#name];
    const [port = 0] = await this.#program.findPorts(1);
    const openFiles = Math.min(MOST_FILES, openFileLimit());
    const configuration = configure({ port, nodes, sticky, balancerMistake, openFiles });
    const path = findBalancer(this.#name) ?? this.#name;
    await this.#program.start({ command: [path, ...options], files: { [file]: configuration }, port });
    return port;
  }

  /** What it has used of the CPU, at each instant. */
  watch(instantsNs: readonly number[]): Promise<readonly CpuReading[]> {
    return this.#program.watch(instantsNs);
  }

  /** Ends it for good and removes what it wrote. */
  end(): Promise<void> {
    return this.#program.end();
  }
}
