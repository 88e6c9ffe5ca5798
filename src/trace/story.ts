import { nowNs } from '../instrument/clock.ts';

/** A word of the story, and when it was told. */
export interface Told {
  readonly atNs: number;
  readonly text: string;
  /** Here a fault begins. */
  readonly isFault?: true;
}

/** What happens in a trace, told in words as it happens. */
export class Story {
  readonly #told: Told[] = [];

  tell(text: string): void {
    this.#told.push({ atNs: nowNs(), text });
  }

  tellFault(text: string): void {
    this.#told.push({ atNs: nowNs(), text, isFault: true });
  }

  get told(): readonly Told[] {
    return this.#told;
  }
}
