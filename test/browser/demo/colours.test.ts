import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { dark, light } from '../../../src/report/charts/palette.ts';

const STYLE = readFileSync('src/browser/demo/style/base.css', 'utf8');
const [ofLight = '', ofDark = ''] = STYLE.split(':root[data-theme="dark"]');

test.each([
  ['light', ofLight, light],
  ['dark', ofDark, dark],
] as const)('what is styled has the colours of what is drawn: %s', (_, style, { transports, ...others }) => {
  const names = ['polling', 'longpoll', 'streaming', 'websocket', 'socketio', 'socketio-polling'];
  for (const name of names) expect(style).toContain(`--${name}: ${transports[name]};`);
  for (const name of ['text', 'background', 'line', 'alarm'] as const)
    expect(style).toContain(`--${name}: ${others[name]};`);
});
