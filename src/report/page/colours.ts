import { dark, light } from '../charts/palette.ts';

/** What the page itself is drawn in, beside what its charts are drawn in. */
const OWN = {
  light: { accent: '#0b57a4', good: '#1a7f37', raised: '#f6f8fa' },
  dark: { accent: '#79b8ff', good: '#3fb950', raised: '#161b22' },
} as const;

const COLOUR = /#[0-9a-f]{6}\b|rgb\(\d+, ?\d+, ?\d+\)/gi;
/** A variable's name holds both of its colours, so that whoever draws needs nothing else. */
const VARIABLE = /var\(--l([0-9a-f]{6})-d([0-9a-f]{6})\)/g;

/**
 * One text out of the same thing drawn in the light palette and in the dark one: where their colours differ, a variable of both.
 * Nothing but colours may differ.
 */
export function themed(lightText: string, darkText: string): string {
  const others = [...darkText.matchAll(COLOUR)].map(([colour]) => digitsOf(colour));
  let place = 0;
  return lightText.replace(COLOUR, (colour) => {
    const [own, other] = [digitsOf(colour), others[place]];
    place += 1;
    return other === undefined || own === other ? colour : `var(--l${own}-d${other})`;
  });
}

/** The style sheet's variables in both themes: the palettes', the page's own, and those that its drawings name. */
export function themesOf(body: string): string {
  const drawn = new Map(
    [...body.matchAll(VARIABLE)].map(([, own = '', other = '']) => [`l${own}-d${other}`, [own, other]]),
  );
  const rules = (of: 'light' | 'dark') => {
    const { background, text, faint, line, alarm } = of === 'light' ? light : dark;
    const named = Object.entries({ background, text, faint, line, alarm, ...OWN[of] });
    const pairs = [...drawn].map(([name, pair]) => [name, `#${pair[of === 'light' ? 0 : 1]}`]);
    const variables = [...named, ...pairs].map(([name, colour]) => `--${name}:${colour};`);
    return `{color-scheme:${of};${variables.join('')}}`;
  };
  return [
    `:root${rules('light')}`,
    `@media (prefers-color-scheme:dark){:root:not([data-theme=light])${rules('dark')}}`,
    `:root[data-theme=dark]${rules('dark')}`,
    // Paper is white whatever the screen is.
    `@media print{:root:root:root${rules('light')}}`,
  ].join('\n');
}

function digitsOf(colour: string): string {
  if (colour.startsWith('#')) return colour.slice(1).toLowerCase();
  const channels = colour.match(/\d+/g) ?? [];
  return channels.map((channel) => Number(channel).toString(16).padStart(2, '0')).join('');
}
