import { STEP_MS, type Timeline } from '../../timeline.ts';
import type { ClientTurn, TroubleShare } from '../protocol.ts';

const STEP_US = STEP_MS * 1000;

/** How many connections more or fewer a turn makes. */
const CHANGE: Readonly<Record<ClientTurn['what'], number>> = {
  noticed: -1,
  resumed: 1,
  reconnected: 1,
  failed: 0,
};

interface Step {
  arrived: number;
  latencySumUs: number;
  latencyMaxUs: number;
  delivered: number;
  deliveredLocally: number;
}

/** The window in steps: what arrived in each, of what was due in each, and who was connected at its end. */
export class Steps {
  readonly #startUs: number;
  /** Connections as the steps begin to be watched. */
  readonly #connected: number;
  readonly #steps: Step[];

  constructor({ windowStartUs, windowEndUs }: Timeline, connected: number) {
    this.#startUs = windowStartUs;
    this.#connected = connected;
    const length = Math.ceil((windowEndUs - windowStartUs) / STEP_US);
    this.#steps = Array.from({ length }, () => {
      return { arrived: 0, latencySumUs: 0, latencyMaxUs: 0, delivered: 0, deliveredLocally: 0 };
    });
  }

  /** Notes a message of the window that its client did not have before. */
  note(dueUs: number, nowUs: number, isLocal: boolean): void {
    const due = this.#at(dueUs);
    if (due !== undefined) {
      due.delivered += 1;
      if (isLocal) due.deliveredLocally += 1;
    }
    const now = this.#at(nowUs);
    if (now === undefined) return;
    const latencyUs = nowUs - dueUs;
    now.arrived += 1;
    now.latencySumUs += latencyUs;
    now.latencyMaxUs = Math.max(now.latencyMaxUs, latencyUs);
  }

  share(turns: readonly ClientTurn[]): Omit<TroubleShare, 'turns' | 'faults'> {
    return {
      arrived: this.#steps.map(({ arrived }) => arrived),
      latencySumUs: this.#steps.map(({ latencySumUs }) => latencySumUs),
      latencyMaxUs: this.#steps.map(({ latencyMaxUs }) => latencyMaxUs),
      delivered: this.#steps.map(({ delivered }) => delivered),
      deliveredLocally: this.#steps.map(({ deliveredLocally }) => deliveredLocally),
      connected: this.#connectedAtEnds(turns),
    };
  }

  #at(instantUs: number) {
    return this.#steps[Math.floor((instantUs - this.#startUs) / STEP_US)];
  }

  #connectedAtEnds(turns: readonly ClientTurn[]): number[] {
    let connected = this.#connected;
    let next = 0;
    return this.#steps.map((_, step) => {
      const endUs = this.#startUs + (step + 1) * STEP_US;
      for (let turn = turns[next]; turn !== undefined && turn.atUs < endUs; turn = turns[++next]) {
        connected += CHANGE[turn.what];
      }
      return connected;
    });
  }
}
