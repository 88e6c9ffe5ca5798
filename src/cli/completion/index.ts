import { bash } from './bash.ts';
import { fish } from './fish.ts';
import { zsh } from './zsh.ts';

/** A script for each shell, by its name. */
export const shells = new Map(Object.entries({ bash, zsh, fish }));
