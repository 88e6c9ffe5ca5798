import type { ChalkInstance } from 'chalk';
import type { Conversation } from '../../../measurements/trace/trace.ts';
import type { Look } from '../../writer.ts';
import { isFar, stepsOf } from '../story.ts';
import { fittedTo } from './width.ts';

/** The room that one conversation is drawn in: client at the left, server at the right, time running down. */
export interface Lane {
  readonly columns: number;
  /** Columns between the lines of client and server. */
  readonly inner: number;
  /** Where there is a distance, the server has times of its own. */
  readonly isFar: boolean;
  readonly hasConnections: boolean;
  readonly isFull: boolean;
  readonly chalk: ChalkInstance;
}

/** One line of a lane; what is left out is empty. */
export interface Row {
  readonly clientAt?: string;
  readonly client?: string;
  /** Of any length, and not coloured yet. */
  readonly text?: string;
  readonly colour?: (text: string) => string;
  readonly server?: string;
  readonly serverAt?: string;
}

const TIME_COLUMNS = 8;
const LIFELINE = '│';
const CONNECTION_COLOURS = ['cyan', 'magenta', 'yellow', 'green', 'blue'] as const;

/** A lane of so many columns. */
export function laneOf(conversation: Conversation, columns: number, { chalk, isFull = false }: Look): Lane {
  const far = stepsOf(conversation).some(isFar);
  const margins = TIME_COLUMNS + (far ? TIME_COLUMNS : 0);
  const hasConnections = conversation.connections > 1;
  return { columns, inner: columns - margins - 2, isFar: far, hasConnections, isFull, chalk };
}

/** The line as it is printed, of exactly the lane's width. */
export function rowOf(lane: Lane, row: Row): string {
  const {
    clientAt = '',
    client = LIFELINE,
    text = '',
    colour = same,
    server = LIFELINE,
    serverAt = '',
  } = row;
  const { dim } = lane.chalk;
  const [left, right] = [client, server].map((mark) => (mark === LIFELINE ? dim(mark) : colour(mark)));
  const after = lane.isFar ? dim(fittedTo(serverAt === '' ? '' : ` ${serverAt}`, TIME_COLUMNS)) : '';
  const before = dim(`${clientAt} `.padStart(TIME_COLUMNS));
  return `${before}${left}${colour(fittedTo(text, lane.inner))}${right}${after}`;
}

/** The colour that one of several connections has. */
export function colourOf({ hasConnections, chalk }: Lane, connection: number): (text: string) => string {
  const name = CONNECTION_COLOURS[(connection - 1) % CONNECTION_COLOURS.length];
  return hasConnections && name !== undefined ? chalk[name] : same;
}

/** `#2 `, where there are several. */
export function numberOf({ hasConnections }: Lane, connection: number): string {
  return hasConnections ? `#${connection} ` : '';
}

/** A time as it stands in a margin. */
export function timeOf(ms: number): string {
  return ms < 10_000 ? ms.toFixed(1) : String(Math.round(ms));
}

function same(text: string): string {
  return text;
}
