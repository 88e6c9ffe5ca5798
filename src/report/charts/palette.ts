import type { Palette } from './chart.ts';

/** On white; what is related is near: SSE to streaming, the three of socket.io to each other. */
export const light: Palette = {
  background: '#ffffff',
  text: '#1f2328',
  faint: '#59636e',
  line: '#d1d9e0',
  alarm: '#cf222e',
  parts: ['#0b3c5d', '#bc4c00', '#7a5195', '#868b93'],
  transports: {
    polling: '#b41e06',
    longpoll: '#b37f01',
    streaming: '#0f6956',
    sse: '#38a27d',
    websocket: '#3171fd',
    socketio: '#96169c',
    'socketio-websocket': '#c245b7',
    'socketio-polling': '#5e004f',
  },
};

/** On nearly black. */
export const dark: Palette = {
  background: '#0d1117',
  text: '#f0f6fc',
  faint: '#9198a1',
  line: '#3d444d',
  alarm: '#ff7b72',
  parts: ['#a5d6ff', '#f0883e', '#ab7df8', '#656d78'],
  transports: {
    polling: '#d95801',
    longpoll: '#e3ba47',
    streaming: '#229374',
    sse: '#83fec2',
    websocket: '#1c9cfc',
    socketio: '#fe3cc4',
    'socketio-websocket': '#e4afe2',
    'socketio-polling': '#a917b9',
  },
};

/** Beside its colour each has a shape, hollow where it is a relative of the filled one. */
const SYMBOLS: Readonly<Record<string, string>> = {
  polling: 'circle',
  longpoll: 'rect',
  streaming: 'triangle',
  sse: 'emptyTriangle',
  websocket: 'diamond',
  socketio: 'path://M4,0h4v4h4v4h-4v4h-4v-4h-4v-4h4z',
  'socketio-websocket': 'emptyDiamond',
  'socketio-polling': 'emptyCircle',
};

const TINT = 0.28;

/** The colour that a transport has in every chart. */
export function colourOf({ transports, faint }: Palette, transport: string): string {
  return (Object.hasOwn(transports, transport) ? transports[transport] : undefined) ?? faint;
}

/** The shape of a transport's points. */
export function symbolOf(transport: string): string {
  return (Object.hasOwn(SYMBOLS, transport) ? SYMBOLS[transport] : undefined) ?? 'emptyRect';
}

/** A colour thinned with the background. */
export function tintOf(colour: string, { background }: Palette): string {
  const [over, under] = [channelsOf(colour), channelsOf(background)];
  const mixed = over.map((channel, index) => Math.round(channel * TINT + (under[index] ?? 0) * (1 - TINT)));
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

/** Whichever of the palette's text and background reads better on a colour. */
export function inkOn(colour: string, { text, background }: Palette): string {
  return contrastOf(colour, text) >= contrastOf(colour, background) ? text : background;
}

/** How far two colours are apart in lightness, 1 to 21, as the WCAG reckon it. */
export function contrastOf(one: string, other: string): number {
  const [low = 0, high = 0] = [luminanceOf(one), luminanceOf(other)].toSorted((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function luminanceOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channelsOf(colour).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function channelsOf(colour: string): number[] {
  return [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16));
}
