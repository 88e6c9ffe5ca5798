import { describe, expect, test } from 'vitest';
import { coloursOf } from '../../../src/report/charts/drawing/card.ts';
import {
  colourOf,
  contrastOf,
  dark,
  inkOn,
  light,
  shapeOf,
  tintOf,
} from '../../../src/report/charts/palette.ts';
import { transports } from '../../../src/transports/index.ts';

const NAMES = transports.map(({ name }) => name);
const pairs = NAMES.flatMap((one, place) => NAMES.slice(place + 1).map((other) => [one, other] as const));

/** Machado et al. (2009), severity 1, on linear light. */
const SIGHTS: Readonly<Record<string, readonly (readonly [number, number, number])[]>> = {
  'all colours': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
};
const SIGHT_NAMES = Object.keys(SIGHTS);
/** In hundredths of Oklab's unit: 2 can just be told apart side by side. */
const LEAST_DISTANCE = 10;

describe.each([
  ['light', light],
  ['dark', dark],
])('the %s palette', (_, palette) => {
  test('has a colour of its own for each transport', () => {
    const colours = NAMES.map((name) => colourOf(palette, name));
    expect(new Set(colours).size).toBe(NAMES.length);
    expect(colours).not.toContain(palette.faint);
    expect(colourOf(palette, 'constructor')).toBe(palette.faint);
  });

  test('can be seen: marks at 3 to 1, text at 4.5 to 1, on the background and inside marks', () => {
    const { background, text, faint, alarm, parts } = palette;
    for (const mark of [...NAMES.map((name) => colourOf(palette, name)), ...parts]) {
      expect(contrastOf(mark, background), mark).toBeGreaterThanOrEqual(3);
    }
    for (const ink of [text, faint, alarm])
      expect(contrastOf(ink, background), ink).toBeGreaterThanOrEqual(4.5);
    for (const part of parts)
      expect(contrastOf(inkOn(part, palette), part), part).toBeGreaterThanOrEqual(4.5);
    const tints = NAMES.map((name) => tintOf(colourOf(palette, name), palette));
    for (const tint of tints) expect(contrastOf(text, tint), tint).toBeGreaterThanOrEqual(4.5);
  });

  test.each(SIGHT_NAMES)('can be told apart by who sees %s', (sight) => {
    for (const [one, other] of pairs) {
      const distance = distanceOf(colourOf(palette, one), colourOf(palette, other), sight);
      expect(distance, `${one} and ${other}`).toBeGreaterThan(LEAST_DISTANCE);
    }
  });

  test('keeps families together: whoever is related is nearer than the mean of all', () => {
    const distance = (one: string, other: string) =>
      distanceOf(colourOf(palette, one), colourOf(palette, other), 'all colours');
    const mean = pairs.reduce((sum, pair) => sum + distance(...pair), 0) / pairs.length;
    expect(distance('sse', 'streaming')).toBeLessThan(mean);
    expect(distance('socketio', 'socketio-websocket')).toBeLessThan(mean);
    expect(distance('socketio', 'socketio-polling')).toBeLessThan(mean);
  });
});

test('what is drawn on white has one colour each in the dark, and the same ink inside', () => {
  const [ofLight, ofDark] = [coloursOf(light), coloursOf(dark)];
  expect(ofDark).toHaveLength(ofLight.length);
  expect(new Set(ofLight).size).toBe(ofLight.length);
  for (const [place, part] of light.parts.entries()) {
    const isText = inkOn(part, light) === light.text;
    expect(inkOn(dark.parts[place] ?? '', dark) === dark.text).toBe(isText);
  }
});

test('each transport has a shape of its own', () => {
  expect(new Set(NAMES.map((name) => JSON.stringify(shapeOf(name)))).size).toBe(NAMES.length);
});

function distanceOf(one: string, other: string, sight: string): number {
  const [a, b] = [oklabOf(one, sight), oklabOf(other, sight)];
  return 100 * Math.hypot(...a.map((value, index) => value - (b[index] ?? 0)));
}

function oklabOf(colour: string, sight: string): number[] {
  const linear = [1, 3, 5]
    .map((start) => Number.parseInt(colour.slice(start, start + 2), 16) / 255)
    .map((share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4));
  const mix = (rows: readonly (readonly number[])[], values: readonly number[]) =>
    rows.map((row) => row.reduce((sum, factor, index) => sum + factor * (values[index] ?? 0), 0));
  const seen = mix(SIGHTS[sight] ?? [], linear).map((value) => Math.min(1, Math.max(0, value)));
  const cones = mix(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    seen,
  );
  return mix(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    cones.map(Math.cbrt),
  );
}
