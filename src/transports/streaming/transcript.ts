import type { Annotate } from '../../contracts.ts';
import { STREAM_PATH } from '../http/protocol.ts';
import { annotateHttp, type Told } from '../http/transcript/annotate.ts';
import type { Answer, Exchange, Request } from '../http/transcript/exchanges.ts';
import { fieldOf } from '../http/transcript/head.ts';
import { answered, reasonItems } from '../http/transcript/other.ts';
import { pathOf, tellSession } from '../http/transcript/session.ts';
import { harmless } from '../transcript/printable.ts';
import { type Item, notUnderstood } from '../transcript/runs.ts';
import { eventStream, ndjson } from './formats.ts';
import { readLines } from './transcript/ndjson.ts';
import { readEvents } from './transcript/sse.ts';

/** Takes apart a stream of either kind, and what its client sends beside it. */
export const annotate: Annotate = (sent) => annotateHttp(sent, tell);

function tell(exchange: Exchange): Told {
  const { request } = exchange;
  const isStream = request?.method === 'GET' && pathOf(request).what === STREAM_PATH;
  return isStream ? tellStream(request, exchange.answer) : tellSession(exchange);
}

function tellStream(request: Request, answer: Answer | undefined): Told {
  const { id, number } = pathOf(request);
  // An EventSource that takes a new address cannot set a header.
  const last = fieldOf(request.head, 'last-event-id') || number;
  const title = id === '' ? 'opens a stream' : `goes on after event ${harmless(last) || '?'}`;
  const why =
    id === ''
      ? 'The client asks once, for an answer that does not end.'
      : 'The client lost its stream and asks for what came after the last event it saw.';
  return {
    isHandshake: true,
    request: { items: reasonItems(request.body.content, 'handshake'), title, why },
    answer: answered(answer, ({ head, body }) => ({
      items: readStream(fieldOf(head, 'content-type'), body.content),
      title: 'a stream begins',
      why: 'The head of an answer that goes on as long as the connection.',
    })),
  };
}

function readStream(type: string, content: Buffer): Item[] {
  if (content.length === 0) return [];
  if (type === ndjson.type) return readLines(content);
  return type === eventStream.type ? readEvents(content) : [notUnderstood(content)];
}
