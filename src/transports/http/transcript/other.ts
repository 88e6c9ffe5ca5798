import type { ByteClass } from '../../../contracts.ts';
import { harmless } from '../../transcript/printable.ts';
import type { Item } from '../../transcript/runs.ts';
import type { Told } from './annotate.ts';
import type { Body } from './body.ts';
import type { Answer, Exchange } from './exchanges.ts';
import type { Said } from './spoken.ts';

const LONGEST_REASON = 60;

/** What a server says beside a status: for people, not for the application. */
export function reasonItems(content: Buffer, kind: ByteClass = 'framing'): Item[] {
  if (content.length === 0) return [];
  const title = harmless(content.toString().trim(), LONGEST_REASON);
  return [{ title, why: '', runs: [{ class: kind, label: 'reason', bytes: content }] }];
}

/** What the server said, or why it did not. */
export function answered(answer: Answer | undefined, good: (answer: Answer) => Said): Said {
  if (answer === undefined) return { items: [] };
  if (answer.status < 300) return good(answer);
  return { items: reasonItems(answer.body.content), why: 'The server does not do what it was asked.' };
}

/** An exchange that is none of the transport's own. */
export function tellOther({ request, answer }: Exchange): Told {
  return { request: { items: bodyItems(request?.body) }, answer: { items: bodyItems(answer?.body) } };
}

function bodyItems(body: Body | undefined): Item[] {
  if (body === undefined || body.content.length === 0) return [];
  return [{ title: '', why: '', runs: [{ class: 'framing', label: 'body', bytes: body.content }] }];
}
