import type { ByteClass } from '../../../measurements/trace/steps.ts';
import { dark, light } from '../../charts/palette.ts';

/** The colours of a sequence drawing. */
export interface Inks {
  readonly background: string;
  readonly text: string;
  readonly faint: string;
  readonly line: string;
  readonly alarm: string;
  /** Under what is told, and of what is held open. */
  readonly raised: string;
  readonly held: string;
  readonly classes: Readonly<Record<ByteClass, string>>;
}

/** On white. Classes differ in lightness too: they are told apart without red and green. */
export const lightInks: Inks = {
  background: light.background,
  text: light.text,
  faint: light.faint,
  line: '#8c959f',
  alarm: light.alarm,
  raised: '#eef1f4',
  held: '#c8d1da',
  classes: {
    handshake: '#7b4fd0',
    header: '#a83200',
    framing: '#868e98',
    payload: '#052f52',
    heartbeat: '#b98a00',
  },
};

/** On nearly black. */
export const darkInks: Inks = {
  background: dark.background,
  text: dark.text,
  faint: dark.faint,
  line: '#6e7681',
  alarm: dark.alarm,
  raised: '#1c2129',
  held: '#3a434d',
  classes: {
    handshake: '#9a6cf0',
    header: '#e5732a',
    framing: '#6b7480',
    payload: '#a5d6ff',
    heartbeat: '#f7d774',
  },
};
