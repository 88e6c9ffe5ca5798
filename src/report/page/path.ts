/** Where a stroke goes. */
interface Point {
  readonly command: string;
  readonly x: number;
  readonly y: number;
}

/** Paths longer than this are of thousands of steps, and are told less finely: what moves up and down stays. */
const LONG = 4000;
/** So many pixels, from left to right and from top to bottom. */
const FINE = [0.1, 0.1] as const;
const COARSE = [2, 1] as const;
const STRAIGHT = /^(?:[ML]-?[\d.]+ -?[\d.]+|Z)+$/;

/** A path of straight strokes without what nobody could see; any other as it is. */
export function shortenedPath(path: string): string {
  if (!STRAIGHT.test(path)) return path;
  const steps = path.length > LONG ? COARSE : FINE;
  return path
    .split(/(?=M)/)
    .map((part) => shortenedPart(part, steps))
    .join('');
}

function shortenedPart(part: string, [across, down]: readonly [number, number]): string {
  const points: Point[] = [];
  for (const [, command = 'L', x, y] of part.matchAll(/([ML])(-?[\d.]+) (-?[\d.]+)/g)) {
    const point = { command, x: rounded(x, across), y: rounded(y, down) };
    if (command === 'L' && isPassedBy(point, points.at(-1), points.at(-2))) points.pop();
    points.push(point);
  }
  return points.map(strokeOf).join('') + (part.endsWith('Z') ? 'Z' : '');
}

function rounded(figure: string | undefined, step: number): number {
  return Number((Math.round(Number(figure) / step) * step).toFixed(1));
}

/** Whether the last point lies on the straight way, along an axis, from the one before it to the next. */
function isPassedBy(next: Point, last?: Point, before?: Point): boolean {
  if (last === undefined || before === undefined || last.command !== 'L') return false;
  const along = (from: number, over: number, to: number) => (from - over) * (over - to) >= 0;
  if (before.y === last.y && last.y === next.y) return along(before.x, last.x, next.x);
  return before.x === last.x && last.x === next.x && along(before.y, last.y, next.y);
}

function strokeOf({ command, x, y }: Point, place: number, points: readonly Point[]): string {
  const last = points[place - 1];
  if (command !== 'L' || last === undefined) return `${command}${x} ${y}`;
  if (last.y === y) return `H${x}`;
  return last.x === x ? `V${y}` : `L${x} ${y}`;
}
