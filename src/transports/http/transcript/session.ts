import { message, payload } from '../../transcript/runs.ts';
import { ASK_PATH, BINARY_TYPE, SESSION_PATH } from '../protocol.ts';
import type { Told } from './annotate.ts';
import type { Body } from './body.ts';
import type { Answer, Exchange, Request } from './exchanges.ts';
import { fieldOf, type Head } from './head.ts';
import { answered, reasonItems, tellOther } from './other.ts';
import type { Said } from './spoken.ts';

/** Where a request goes: `/what/id/number`. */
export function pathOf({ target }: Request): { what: string; id: string; number: string } {
  const [, what = '', id = '', number = ''] = target.split('/', 4);
  return { what: `/${what}`, id, number };
}

/** What all clients of sessions ask: to take a message, to answer one, to end the session. */
export function tellSession(exchange: Exchange): Told {
  const { request, answer } = exchange;
  if (request === undefined) return tellOther(exchange);
  const { what, id } = pathOf(request);
  if (request.method === 'POST' && (what === SESSION_PATH || what === ASK_PATH) && id !== '')
    return tellMessage(request, answer, what === ASK_PATH);
  if (request.method === 'DELETE' && what === SESSION_PATH) return tellGoodbye(request, answer);
  return tellOther(exchange);
}

function tellMessage(request: Request, answer: Answer | undefined, isAsked: boolean): Told {
  const why = isAsked
    ? 'The client sends what the application is to answer.'
    : 'The client sends: each message is a request of its own, numbered so that it is taken once.';
  return {
    request: { ...carried(request), why },
    answer: answered(answer, (given) => {
      if (given.body.kind === 'none') return { items: [], title: 'taken' };
      return { ...carried(given), why: 'What the application answers.' };
    }),
  };
}

function tellGoodbye(request: Request, answer: Answer | undefined): Told {
  const why = 'The client ends its session, so that nothing is kept for it any longer.';
  const asked = { items: reasonItems(request.body.content, 'handshake'), title: 'goodbye', why };
  const given = answered(answer, ({ body }) => ({ items: reasonItems(body.content), title: 'goodbye' }));
  return { isHandshake: true, request: asked, answer: given };
}

/** A message that is a whole body. */
function carried({ head, body }: { readonly head: Head; readonly body: Body }): Said {
  const isBinary = fieldOf(head, 'content-type') === BINARY_TYPE;
  const item = message([payload(body.content, isBinary)]);
  return { items: [item], title: item.title };
}
