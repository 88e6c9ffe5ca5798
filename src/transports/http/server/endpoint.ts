import type { Server as HttpServer, IncomingMessage, ServerResponse } from 'node:http';
import type { App, TransportOptions } from '../../../contracts.ts';
import { receive } from './inbox.ts';
import { parseNumber } from './parse-number.ts';
import { refuse } from './refuse.ts';
import type { Sessions } from './sessions.ts';

/** What a request asks for: `/what/id/number`. */
export interface Path {
  readonly what: string;
  readonly id: string;
  readonly number: string;
}

/** How one transport answers what is not common to all; false where it does not know the request. */
export type Answer = (request: IncomingMessage, response: ServerResponse, path: Path) => boolean;

/** Serves a transport's own requests and those that all share: a client's messages, and its goodbye. Returns how to stop. */
export function serve<Form, Way>(
  http: HttpServer,
  {
    sessions,
    app,
    options,
    answer,
  }: {
    readonly sessions: Sessions<Form, Way>;
    readonly app: App;
    readonly options: TransportOptions;
    readonly answer: Answer;
  },
): () => void {
  const { maxMessageBytes } = options;
  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    const [, what = '', id = '', number = '', more] = (request.url ?? '').split('/', 5);
    if (more === undefined && answer(request, response, { what, id, number })) return;
    const isAsked = what === 'ask';
    const isKnown = more === undefined && (what === 'session' || isAsked);
    const session = isKnown ? sessions.find(id) : undefined;
    if (session === undefined) {
      refuse(response, [404, 'unknown session or path']);
    } else if (request.method === 'DELETE' && number === '' && !isAsked) {
      sessions.close(session, 'closed by the client');
      response.writeHead(204).end();
    } else if (request.method === 'POST') {
      receive(request, response, { session, app, number: parseNumber(number), isAsked, maxMessageBytes });
    } else {
      refuse(response, [405, 'no such method here']);
    }
  };
  http.on('request', onRequest);
  return () => http.off('request', onRequest);
}
