import { within } from '../../../instrument/clock.ts';
import { RoleProcess } from '../../../instrument/role-process.ts';
import type { DemoCalls, DemoReading, DemoStart, Publishing } from '../../protocol.ts';
import { sumOf } from '../counts.ts';

const RETIRE_WITHIN_MS = 3000;

/** How far it has come, over all its processes. */
type NodeReading = Pick<DemoReading, 'published' | 'lanes'>;

/** A place at a port, where one server process follows another. */
export class DemoNode {
  readonly #start: Omit<DemoStart, 'firstNumber'>;
  readonly #failed: (why: Error) => void;
  #publishing: Publishing;
  #process: RoleProcess<DemoCalls> | null = null;
  /** What there was to read when it was last read, over all processes. */
  #reading: NodeReading;
  /** What those before this one had counted. */
  #gone: DemoReading['lanes'] = {};
  #isOver = false;
  /** How often a process was started here. */
  starts = 0;

  /** `published` is the number of the last event before; `failed` is called if a process ends by itself. */
  constructor(start: Omit<DemoStart, 'firstNumber'>, published: number, failed: (why: Error) => void) {
    this.#start = start;
    this.#publishing = start.publishing;
    this.#reading = { published, lanes: {} };
    this.#failed = failed;
  }

  /** The reading before, where nobody is there to be read. */
  async read(): Promise<NodeReading> {
    const process = this.#process;
    if (process === null) return this.#reading;
    try {
      const { published, lanes } = await process.ask('read', null);
      if (process === this.#process) this.#reading = { published, lanes: sumOf(this.#gone, lanes) };
    } catch (error) {
      // Whoever was ended meanwhile need not answer.
      if (process === this.#process) throw error;
    }
    return this.#reading;
  }

  async set(publishing: Publishing): Promise<void> {
    this.#publishing = publishing;
    await this.#process?.ask('set', publishing);
  }

  /** Resolves when it can be reached. */
  async begin(): Promise<void> {
    if (this.#isOver) return;
    const process = new RoleProcess<DemoCalls>('demo', undefined);
    this.#process = process;
    const firstNumber = this.#reading.published + 1;
    await process.ask('start', { ...this.#start, publishing: this.#publishing, firstNumber });
    this.starts += 1;
    process.over.then((how) => {
      if (process === this.#process)
        this.#failed(new Error(`the demo's server: ${process.lastWords || how}`));
    });
  }

  /** Lets it end in good order and puts a fresh process in its place; numbers go on. */
  async restart(): Promise<void> {
    const process = this.#process;
    if (process === null) return;
    const { published, lanes } = await this.read();
    this.#process = null;
    this.#gone = sumOf(lanes, {});
    this.#reading = { published, lanes: this.#gone };
    const left = await within(RETIRE_WITHIN_MS, process.ask('retire', null)).catch(() => undefined);
    await process.end();
    this.#reading = { published: left?.published ?? published, lanes: this.#gone };
    await this.begin();
  }

  /** Ends it for good. */
  async end(): Promise<void> {
    const process = this.#process;
    this.#isOver = true;
    this.#process = null;
    await process?.end();
  }
}
