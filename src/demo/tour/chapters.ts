import type { DemoSettings, TourChapter } from '../../demo-talk.ts';
import type { Control } from '../stage/control/asking.ts';

/** What is done in a chapter, and when: 0 is its beginning, 1 its end. */
export interface Turn {
  readonly at: number;
  readonly control: Control;
}

/** One chapter of the story: what the world is like in it, and what happens. */
export interface Chapter {
  readonly name: TourChapter;
  readonly turns: readonly Turn[];
}

/** The story: what each strategy is good and bad at, seen on the same events. */
export const chapters: readonly Chapter[] = [
  { name: 'polling-wastes', turns: [world({ eventsPerSecond: 0.25, rttMs: 0 })] },
  { name: 'longpoll-waits', turns: [world({ eventsPerSecond: 0.5, rttMs: 100 })] },
  { name: 'streaming-flows', turns: [world({ eventsPerSecond: 20, rttMs: 100 })] },
  { name: 'websocket-both-ways', turns: [world({ eventsPerSecond: 1, rttMs: 100 })] },
  {
    name: 'socketio-recovers',
    turns: [
      world({ eventsPerSecond: 4, rttMs: 0 }),
      { at: 0.1, control: { type: 'block-websocket', on: true } },
      { at: 0.4, control: { type: 'block-websocket', on: false } },
      { at: 0.5, control: { type: 'cut', on: true } },
      { at: 0.65, control: { type: 'cut', on: false } },
    ],
  },
];

function world(settings: Pick<DemoSettings, 'eventsPerSecond' | 'rttMs'>): Turn {
  return { at: 0, control: { type: 'set', settings } };
}
