import { setTimeout as sleep } from 'node:timers/promises';
import { DEMO_TRANSPORTS, type DemoState } from '../../demo-talk.ts';
import { defaults } from '../../plan/fields/index.ts';
import { transportOptions } from '../../plan/transport-options.ts';
import type { OpenStage } from '../stage/open.ts';
import { type LaneView, TerminalLane } from './terminal-lane.ts';

/** How often each lane says a word, while all are asked to. */
const SAY_MS = 2000;

/** A client of each transport, where there is no browser to be them. */
export class TerminalLanes {
  readonly #lanes: readonly TerminalLane[];
  readonly #isOver = new AbortController();
  #isTalking = false;

  /** Connects where the page is, at its relay's ports. */
  constructor({ url, ports, state }: OpenStage) {
    const { pollIntervalMs } = state.settings;
    const options = { ...transportOptions(defaults), pollIntervalMs, random: Math.random };
    this.#lanes = DEMO_TRANSPORTS.map((name) => new TerminalLane(name, atPort(url, ports[name]), options));
  }

  async open(): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => lane.open()));
  }

  get views(): readonly LaneView[] {
    return this.#lanes.map((lane) => lane.view);
  }

  /** Notes what the time since the last look was like. */
  look({ lanes, tour }: Pick<DemoState, 'lanes' | 'tour'>): void {
    for (const [index, lane] of this.#lanes.entries()) {
      const transport = DEMO_TRANSPORTS[index];
      if (transport !== undefined) lane.look(lanes[transport]);
    }
    if (tour?.chapter === 'websocket-both-ways') void this.#talk();
  }

  async close(): Promise<void> {
    this.#isOver.abort();
    await Promise.all(this.#lanes.map((lane) => lane.close()));
  }

  /** Each lane says a word in its turn. */
  async #talk(): Promise<void> {
    if (this.#isTalking) return;
    this.#isTalking = true;
    for (const [index, lane] of this.#lanes.entries()) {
      lane.say(`a word by ${DEMO_TRANSPORTS[index]}`);
      await sleep(SAY_MS / DEMO_TRANSPORTS.length, undefined, { signal: this.#isOver.signal }).catch(
        () => undefined,
      );
    }
    this.#isTalking = false;
  }
}

function atPort(url: string, port: number): URL {
  const there = new URL(url);
  there.port = String(port);
  return there;
}
