import type { Annotate } from '../../contracts.ts';
import { SESSION_PATH } from '../http/protocol.ts';
import { annotateHttp, type Told } from '../http/transcript/annotate.ts';
import type { Answer, Exchange, Request } from '../http/transcript/exchanges.ts';
import { fieldOf } from '../http/transcript/head.ts';
import { answered, reasonItems } from '../http/transcript/other.ts';
import { pathOf, tellSession } from '../http/transcript/session.ts';
import type { Said } from '../http/transcript/spoken.ts';
import { objectOf } from '../transcript/json.ts';
import { harmless } from '../transcript/printable.ts';
import { readAnswer } from './transcript/answer.ts';

/** Takes apart what a client that asks again and again says, whether its requests are held or not. */
export const annotate: Annotate = (sent) => annotateHttp(sent, tell);

function tell(exchange: Exchange): Told {
  const { request, answer } = exchange;
  if (request === undefined || pathOf(request).what !== SESSION_PATH) return tellSession(exchange);
  if (request.method === 'POST' && pathOf(request).id === '') return tellOpening(request, answer);
  return request.method === 'GET' ? tellPoll(request, answer) : tellSession(exchange);
}

function tellOpening({ body }: Request, answer: Answer | undefined): Told {
  const items = reasonItems(body.content, 'handshake');
  const why = 'The client asks for a session: the name under which the server knows it from now on.';
  return {
    isHandshake: true,
    request: { items, title: 'opens a session', why },
    answer: answered(answer, ({ body: { content } }) => opened(content)),
  };
}

function opened(content: Buffer): Said {
  const { session = '?', cursor = '?' } = objectOf(content) ?? {};
  const notes = [
    { name: 'session', value: harmless(String(session)), why: 'stands in the path of every later request' },
    {
      name: 'cursor',
      value: harmless(String(cursor)),
      why: 'the newest message there was; the client asks for what comes after',
    },
  ];
  const run = { class: 'handshake', label: 'session', bytes: content, notes } as const;
  return { items: [{ title: 'the session', why: '', runs: [run] }] };
}

function tellPoll(request: Request, answer: Answer | undefined): Told {
  const cursor = harmless(pathOf(request).number) || '?';
  return {
    request: {
      items: reasonItems(request.body.content),
      why: `Asks what has happened since cursor ${cursor}.`,
    },
    answer: answered(answer, ({ status, head, body }) => {
      if (status === 204)
        return {
          items: [],
          title: 'nothing new',
          why: `Asked in vain: nothing has happened since cursor ${cursor}.`,
        };
      return { items: readAnswer(fieldOf(head, 'content-type'), body.content) };
    }),
  };
}
