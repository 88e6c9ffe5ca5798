import type { Conversation } from '../../../measurements/trace/trace.ts';
import { inProse } from '../../words/labels.ts';
import { capital, counted } from '../../words/text.ts';
import { type Scene, scenesOf, stepsOf } from '../story.ts';
import { gapLines, markLines, stepLines, toldLines } from './arrows.ts';
import { type Lane, rowOf } from './lane.ts';
import type { Told } from './notes.ts';
import { partsLines, whyLines } from './parts.ts';
import { fittedTo } from './width.ts';

/** The lines of one scene. */
export interface Block {
  readonly atMs: number;
  /** The time that passed before it. */
  readonly before: readonly string[];
  readonly lines: readonly string[];
}

/** A conversation scene by scene. */
export function blocksOf(conversation: Conversation, lane: Lane, told: Told): Block[] {
  return scenesOf(conversation).map((scene) => ({
    atMs: scene.atMs,
    before: gapLines(lane, scene),
    lines: linesOf(lane, scene, told),
  }));
}

/** What stands above a conversation. */
export function headLines(conversation: Conversation, lane: Lane): string[] {
  const title = [
    capital(inProse(conversation.transport)),
    counted(conversation.connections, 'connection'),
    counted(stepsOf(conversation).length, 'step'),
  ].join(' · ');
  const [client, server] = ['client', 'server'];
  const between = ' '.repeat(Math.max(1, lane.inner - client.length - server.length + 2));
  const margin = lane.isFar ? '     ms ' : '';
  return [
    lane.chalk.bold(fittedTo(title, lane.columns)),
    lane.chalk.dim(fittedTo(`     ms ${client}${between}${server}${margin}`, lane.columns)),
  ];
}

/** Nothing happens: only the two lines go on. */
export function emptyLine(lane: Lane): string {
  return rowOf(lane, {});
}

function linesOf(lane: Lane, { event, isFirst }: Scene, told: Told): string[] {
  if (event.kind === 'told') return toldLines(lane, event);
  if (event.kind !== 'step') return markLines(lane, event);
  const parts = isFirst || lane.isFull ? partsLines(lane, event, told) : [];
  return [...stepLines(lane, event), ...whyLines(lane, event, told), ...parts];
}
