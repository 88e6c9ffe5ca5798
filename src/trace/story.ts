import { nowNs } from '../instrument/clock.ts';

/** A word of the story, and when it was told. */
export interface Told {
  readonly atNs: number;
  readonly text: string;
}

/** What happens in a trace, told in words as it happens. */
export class Story {
  readonly #told: Told[] = [];

  tell(text: string): void {
    this.#told.push({ atNs: nowNs(), text });
  }

  get told(): readonly Told[] {
    return this.#told;
  }
}
