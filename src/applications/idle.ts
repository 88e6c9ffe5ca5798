import type { Application } from './application.ts';
import { broadcast } from './broadcast.ts';

/** Everyone is in one room, and nobody speaks: what is measured is what it costs that they are there. */
export const idle: Application = {
  ...broadcast,
  name: 'idle',
  summary: 'nothing is said: what silent clients cost',
  speaker: 'nobody',
};
