/** The colours that a chart is drawn in. */
export interface Palette {
  readonly background: string;
  readonly text: string;
  /** What is read second: axes, units, intervals. */
  readonly faint: string;
  readonly line: string;
  /** What something is doubtful or broken is marked in. */
  readonly alarm: string;
  /** What is stacked to make a whole, from its beginning on. */
  readonly parts: readonly string[];
  /** One for each transport that rtbench knows, told apart also by who cannot see all colours. */
  readonly transports: Readonly<Record<string, string>>;
}

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
    polling: '#e44f11',
    longpoll: '#e7b503',
    streaming: '#2c9174',
    sse: '#65daa1',
    websocket: '#3ea2fe',
    socketio: '#fb4ec0',
    'socketio-websocket': '#fec9fc',
    'socketio-polling': '#a137ba',
  },
};

/** A shape for points, and whether only its outline is drawn. */
export interface Shape {
  readonly symbol: string;
  readonly isHollow: boolean;
}

const PLUS = 'path://M4,0h4v4h4v4h-4v4h-4v-4h-4v-4h4z';

/** Beside its colour each has a shape, hollow where it is a relative of the filled one. */
const SHAPES: Readonly<Record<string, Shape>> = {
  polling: { symbol: 'circle', isHollow: false },
  longpoll: { symbol: 'rect', isHollow: false },
  streaming: { symbol: 'triangle', isHollow: false },
  sse: { symbol: 'triangle', isHollow: true },
  websocket: { symbol: 'diamond', isHollow: false },
  socketio: { symbol: PLUS, isHollow: false },
  'socketio-websocket': { symbol: 'diamond', isHollow: true },
  'socketio-polling': { symbol: 'circle', isHollow: true },
};
const FOREIGN: Shape = { symbol: 'rect', isHollow: true };

const TINT = 0.28;

/** The colour that a transport has in every chart. */
export function colourOf({ transports, faint }: Palette, transport: string): string {
  return (Object.hasOwn(transports, transport) ? transports[transport] : undefined) ?? faint;
}

/** The shape of a transport's points. */
export function shapeOf(transport: string): Shape {
  return (Object.hasOwn(SHAPES, transport) ? SHAPES[transport] : undefined) ?? FOREIGN;
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
