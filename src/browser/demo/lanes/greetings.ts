import type { TourState } from '../../../demo-talk.ts';
import { words } from '../words/language.ts';
import type { Track } from './track.ts';

/** While the tour tells of speaking both ways the lanes do so, one after the other. */
export class Greetings {
  readonly #tracks: readonly Track[];
  #turn = 0;

  constructor(tracks: readonly Track[]) {
    this.#tracks = tracks;
  }

  take(tour: TourState | null): void {
    if (tour?.chapter !== 'websocket-both-ways') return;
    // There is a state four times a second: half as many words can be read.
    this.#tracks[this.#turn / 2]?.say(words().tour.greeting);
    this.#turn = (this.#turn + 1) % (2 * this.#tracks.length);
  }
}
