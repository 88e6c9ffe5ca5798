import { expect, test } from 'vitest';
import { colorLevel } from '../../src/cli/look.ts';

test.each([
  ['a terminal', undefined, {}, true, 1],
  ['a pipe', undefined, {}, false, 0],
  ['NO_COLOR', undefined, { NO_COLOR: '1' }, true, 0],
  ['an empty NO_COLOR', undefined, { NO_COLOR: '' }, true, 1],
  ['a dumb terminal', undefined, { TERM: 'dumb' }, true, 0],
  ['FORCE_COLOR', undefined, { FORCE_COLOR: '1' }, false, 1],
  ['FORCE_COLOR=0', undefined, { FORCE_COLOR: '0' }, true, 0],
  ['both variables', undefined, { FORCE_COLOR: '1', NO_COLOR: '1' }, false, 1],
  ['--no-color', false, { FORCE_COLOR: '1' }, true, 0],
  ['--color', true, { NO_COLOR: '1' }, false, 1],
] as const)('%s decides', (_, flag, env, isTerminal, level) => {
  expect(colorLevel(flag, env, isTerminal)).toBe(level);
});
