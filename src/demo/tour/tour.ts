import { setTimeout as sleep } from 'node:timers/promises';
import type { DemoState, TourState } from '../../demo-talk.ts';
import type { Control } from '../stage/control/asking.ts';
import { type Chapter, chapters } from './chapters.ts';

const STEP_MS = 250;

/** What a tour leads through its chapters. */
export interface Toured {
  readonly state: Pick<DemoState, 'settings' | 'lanes'>;
  ask(control: Control): Promise<string | null>;
  showTour(tour: TourState | null): void;
}

/** What a tour is told to do. */
export interface TourOptions {
  readonly chapterMs: number;
  /** How long the last words stand. */
  readonly lastMs: number;
  readonly signal: AbortSignal;
  /** Told at the end of each chapter; the next one waits for it. */
  readonly ended?: (() => Promise<void>) | undefined;
}

/** Walks through the story; resolves at its end, when everything is as it was in the beginning. */
export async function leadTour(stage: Toured, options: TourOptions): Promise<void> {
  await visitor(stage, options.signal);
  const { settings } = stage.state;
  try {
    for (const chapter of chapters) {
      await lead(stage, chapter, options);
      if (options.signal.aborted) return;
      await options.ended?.();
    }
  } finally {
    // What was broken for the story is mended, also where somebody ended it in the middle.
    await stage.ask({ type: 'cut', on: false });
    await stage.ask({ type: 'block-websocket', on: false });
    await stage.ask({ type: 'set', settings });
  }
  stage.showTour({ chapter: 'end', progress: 1 });
  await pause(options.lastMs, options.signal);
  stage.showTour(null);
}

/** A story begins when somebody is there: a lane that has a client. */
async function visitor(stage: Toured, signal: AbortSignal): Promise<void> {
  const isThere = () => Object.values(stage.state.lanes).some(({ clients }) => clients > 0);
  while (!isThere() && !signal.aborted) await pause(STEP_MS, signal);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return sleep(ms, undefined, { signal }).catch(() => undefined);
}

async function lead(
  stage: Toured,
  { name, turns }: Chapter,
  { chapterMs, signal }: TourOptions,
): Promise<void> {
  const startMs = performance.now();
  const waiting = [...turns];
  for (
    let progress = 0;
    progress < 1 && !signal.aborted;
    progress = (performance.now() - startMs) / chapterMs
  ) {
    stage.showTour({ chapter: name, progress });
    while (waiting[0] !== undefined && waiting[0].at <= progress) {
      const [turn] = waiting.splice(0, 1);
      if (turn !== undefined) await stage.ask(turn.control);
    }
    await pause(Math.min(STEP_MS, chapterMs / 20), signal);
  }
  // A machine that was held up has done nothing of it too late.
  for (const { control } of waiting) if (!signal.aborted) await stage.ask(control);
}
