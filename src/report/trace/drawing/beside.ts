import type { Conversation } from '../../../measurements/trace/trace.ts';
import type { Look } from '../../writer.ts';
import { type Block, blocksOf, emptyLine, headLines } from './blocks.ts';
import { type Lane, laneOf } from './lane.ts';
import type { Told } from './notes.ts';

/** What a conversation needs to be read beside another. */
const LEAST_COLUMNS = 56;
/** Lines that are longer than this lead the eye too far. */
const MOST_COLUMNS = 110;
const GAP = '   ';

/** Conversations beside each other where there is room, what happens at one time on one line; below each other where not. */
export function drawingParagraphs(conversations: readonly Conversation[], look: Look): string[][] {
  const told: Told = new Set();
  const many = conversations.length;
  const each = Math.floor((look.columns - GAP.length * (many - 1)) / Math.max(1, many));
  if (many < 2 || each < LEAST_COLUMNS) {
    return conversations.map((conversation) => {
      const lane = laneOf(conversation, Math.min(look.columns, MOST_COLUMNS), look);
      const lines = blocksOf(conversation, lane, told).flatMap((block) => [...block.before, ...block.lines]);
      return trimmed([...headLines(conversation, lane), ...lines]);
    });
  }
  const columns = conversations.map((conversation) => {
    const lane = laneOf(conversation, Math.min(each, MOST_COLUMNS), look);
    return { lane, lines: headLines(conversation, lane), blocks: blocksOf(conversation, lane, told) };
  });
  return [trimmed(besideEachOther(columns))];
}

interface Column {
  readonly lane: Lane;
  readonly lines: string[];
  readonly blocks: readonly Block[];
}

/** What comes later never begins further up. */
function besideEachOther(columns: readonly Column[]): string[] {
  const inTime = columns
    .flatMap((column) => column.blocks.map((block) => ({ column, block })))
    .toSorted((one, other) => one.block.atMs - other.block.atMs);
  let floor = 0;
  for (const { column, block } of inTime) {
    const { lane, lines } = column;
    floor = Math.max(floor, lines.length + block.before.length);
    const blank = floor - lines.length - block.before.length;
    lines.push(...Array<string>(blank).fill(emptyLine(lane)), ...block.before, ...block.lines);
  }
  const height = Math.max(...columns.map(({ lines }) => lines.length));
  return Array.from({ length: height }, (_, at) =>
    columns.map(({ lane, lines }) => lines[at] ?? ' '.repeat(lane.columns)).join(GAP),
  );
}

function trimmed(lines: readonly string[]): string[] {
  return lines.map((line) => line.trimEnd());
}
