import type { Annotated, Sent } from '../../../contracts.ts';
import { inOrder, Lane } from '../../transcript/lane.ts';
import { harmless } from '../../transcript/printable.ts';
import { purposeOf } from '../../transcript/runs.ts';
import { type Answer, type Exchange, type Request, readTalk } from './exchanges.ts';
import { type Said, type Spoken, spokenSteps } from './spoken.ts';

/** What an exchange is for, as its transport knows. */
export interface Told {
  /** It belongs to the talk's beginning or end, whatever else it carries. */
  readonly isHandshake?: boolean;
  readonly request: Said;
  readonly answer: Said;
}

/** How a transport reads an exchange. */
export type Tell = (exchange: Exchange) => Told;

/** Takes apart what is spoken one way after both have agreed on another protocol, from there on. */
export type Frames = (lane: Lane, start: number) => readonly Annotated[];

/** Takes a connection apart that speaks HTTP/1.1, at least to begin with. */
export function annotateHttp(sent: readonly Sent[], tell: Tell, frames?: Frames): readonly Annotated[] {
  const [up, down] = [new Lane(sent, 'up'), new Lane(sent, 'down')];
  const { exchanges, upEnd, downEnd, isUpgraded } = readTalk(up, down);
  const steps = exchanges.flatMap((exchange) => exchangeSteps(exchange, tell(exchange), up, down));
  const rest = (lane: Lane, start: number) =>
    isUpgraded && frames ? frames(lane, start) : lane.rest(start, 'This is no HTTP/1.1.');
  return inOrder([...steps, ...rest(up, upEnd), ...rest(down, downEnd)]);
}

/** Where an exchange carries nothing but handshake or heartbeats, its heads are there for that too. */
function exchangeSteps(exchange: Exchange, told: Told, up: Lane, down: Lane): Annotated[] {
  const { request, interim, answer } = exchange;
  const runs = [...told.request.items, ...told.answer.items].flatMap((item) => item.runs);
  const purpose = told.isHandshake ? 'handshake' : purposeOf(runs);
  const asked = request && spokenSteps(up, requestOf(request, told.request), purpose);
  const before = interim.flatMap((one) => spokenSteps(down, answerOf(one, { items: [] }), purpose));
  const answered = answer && spokenSteps(down, answerOf(answer, told.answer), purpose);
  return [...(asked ?? []), ...before, ...(answered ?? [])];
}

function requestOf({ method, target, head, body }: Request, said: Said): Spoken {
  const start = `${method} ${shortTarget(target)}`.trimEnd();
  const about = 'what is asked for, and in which version of HTTP';
  return { what: 'request', start, fallback: '', about, head, body, said };
}

function answerOf({ status, reason, head, body }: Answer, said: Said): Spoken {
  const start = status === 0 ? 'answer' : `answer ${status}`;
  const fallback = harmless(reason.toLowerCase(), LONGEST_REASON);
  return { what: 'answer', start, fallback, about: 'how it went', head, body, said };
}

const LONGEST_REASON = 40;
const LONGEST_TARGET = 60;
const LONG_SEGMENT = /[^/]{11,}/g;

/** Ids are long and say nothing; what a query says stands in the notes. */
function shortTarget(target: string): string {
  const [path = ''] = target.split('?', 1);
  return harmless(
    path.replace(LONG_SEGMENT, (id) => `${id.slice(0, 3)}…`),
    LONGEST_TARGET,
  );
}
