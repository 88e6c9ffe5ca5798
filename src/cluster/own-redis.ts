import type { CpuReading } from '../instrument/meter.ts';
import { Program } from '../instrument/program/program.ts';
import type { ClusterSettings } from '../measurements.ts';
import { usesRedis } from './whereabouts.ts';

/** Whether the round starts that Redis itself. */
export function usesOwnRedis(settings: Pick<ClusterSettings, 'nodes' | 'adapter' | 'redis'>): boolean {
  return usesRedis(settings) && settings.redis === 'own';
}

/** A redis-server that one round started and may ill-treat. */
export class OwnRedis {
  readonly #program: Program;

  constructor(cores: readonly number[] | undefined, enter: readonly string[] | undefined) {
    this.#program = new Program(cores, enter);
  }

  /** Starts it on a free port, keeping nothing on disk; answers its URL. */
  async start(): Promise<string> {
    const [port = 0] = await this.#program.findPorts(1);
    const network = ['--bind', '127.0.0.1', '--port', String(port)];
    const memoryOnly = ['--save', '', '--appendonly', 'no'];
    await this.#program.start({ command: ['redis-server', ...network, ...memoryOnly], files: {}, port });
    return `redis://127.0.0.1:${port}`;
  }

  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void> {
    return this.#program.kill();
  }

  /** Starts it again on the same port, empty. */
  restart(): Promise<void> {
    return this.#program.restart();
  }

  freeze(): Promise<void> {
    return this.#program.signal('SIGSTOP');
  }

  thaw(): Promise<void> {
    return this.#program.signal('SIGCONT');
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
