import type { DemoState } from '../../../demo-talk.ts';
import type { Words } from '../words/en.ts';
import type { Control } from './control.ts';

/** What a tab works with, as it is at one moment. */
export interface Demo {
  readonly control: Control;
  /** The newest state. */
  readonly state: DemoState;
  readonly mayControl: boolean;
}

/** What a tab shows, once it has been looked at. */
export interface Panel {
  readonly element: HTMLElement;
  /** Told several times a second, whether it is shown or not. */
  take(demo: Demo): void;
  /** Told when it is shown and when no more. */
  shown(isShown: boolean): void;
}

/** One of the things that the page shows. */
export interface Tab {
  readonly id: string;
  name(words: Words): string;
  /** Whether it can be had here. */
  isThere(state: DemoState): boolean;
  /** Whether the page's address leads here. */
  isMeant?(): boolean;
  /** Made when it is first shown, after the welcome. */
  make(demo: Demo): Panel;
}
