import { Deadlines } from '../deadlines.ts';
import type { Member } from './member.ts';

/** Why the library keeps what a client needs to be recovered. */
const RECOVERABLE = new Set(['transport error', 'transport close', 'forced close', 'ping timeout']);

/** Clients that have lost their connection and may be recovered: for the application they are still there. */
export class Absent {
  readonly #byId = new Map<string, Member>();
  readonly #deadlines: Deadlines<Member>;

  /** Waits so long for each; then it is `gone`. */
  constructor(longestMs: number, gone: (member: Member, why: string) => void) {
    this.#deadlines = new Deadlines(longestMs, (member) => {
      this.#byId.delete(member.id);
      gone(member, 'did not return');
    });
  }

  /** Waits for a client to return; false where it cannot. */
  awaits(member: Member, reason: string): boolean {
    if (member.why !== undefined || !RECOVERABLE.has(reason)) return false;
    this.#byId.set(member.id, member);
    this.#deadlines.touch(member);
    return true;
  }

  /** The client of that id is back; undefined where nobody waited for it. */
  back(id: string): Member | undefined {
    const member = this.#byId.get(id);
    this.#byId.delete(id);
    if (member !== undefined) this.#deadlines.forget(member);
    return member;
  }

  /** Waits for nobody any longer; answers who did not come. */
  stop(): Member[] {
    this.#deadlines.stop();
    const members = [...this.#byId.values()];
    this.#byId.clear();
    return members;
  }
}
