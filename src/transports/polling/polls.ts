import type { Server as HttpServer, ServerResponse } from 'node:http';
import type { App, ServerSide, TransportOptions } from '../../contracts.ts';
import { Deadlines } from '../deadlines.ts';
import { serve } from '../http/server/endpoint.ts';
import { parseNumber } from '../http/server/parse-number.ts';
import { pendingOf } from '../http/server/reading.ts';
import { refuse } from '../http/server/refuse.ts';
import { type Session, Sessions, SILENCE_MS } from '../http/server/sessions.ts';
import { JSON_TYPE, type Piece, toPiece } from './answer.ts';
import { Answers, headersFor } from './answers.ts';

/** So many intervals without a request are silence. */
const SILENT_POLLS = 5;

/** Where requests that have nothing to get are held, and how. */
export interface Holding {
  readonly holdMs: number;
  /** Most messages that one answer carries. */
  readonly limit: number;
}

type Client = Session<Piece, ServerResponse>;

/** Serves clients that ask with a cursor: at once, or, with `holding`, when there is something. */
export function attachPolls(
  http: HttpServer,
  app: App,
  options: TransportOptions,
  holding?: Holding,
): ServerSide {
  const polls = new Polls(app, options, holding);
  const stop = serve(http, {
    sessions: polls.sessions,
    app,
    options,
    answer: (request, response, { what, id, number }) => {
      if (what !== 'session') return false;
      if (request.method === 'POST' && id === '') polls.open(response);
      else if (request.method === 'GET') polls.poll(response, id, number);
      else return false;
      return true;
    },
  });
  return {
    publish: (room, message) => polls.sessions.publish(room, message),
    async close() {
      stop();
      polls.close();
    },
  };
}

class Polls {
  readonly sessions: Sessions<Piece, ServerResponse>;
  readonly #app: App;
  readonly #answers: Answers;
  readonly #silent: Deadlines<Client>;
  readonly #held: Deadlines<Client> | undefined;

  constructor(app: App, options: TransportOptions, holding: Holding | undefined) {
    this.#app = app;
    this.#answers = new Answers(holding?.limit ?? Number.POSITIVE_INFINITY);
    this.sessions = new Sessions(app, options, {
      encode: (_id, message) => toPiece(message),
      ended: (client) => {
        this.#silent.forget(client);
        this.#refuseHeld(client, 404, 'the session is over');
      },
      ...(holding !== undefined && { deliver: (client: Client) => this.#answerHeld(client) }),
    });
    const silenceMs = holding
      ? holding.holdMs + SILENCE_MS
      : Math.max(SILENCE_MS, options.pollIntervalMs * SILENT_POLLS);
    this.#silent = new Deadlines(silenceMs, (client) =>
      this.sessions.close(client, 'has not asked for long'),
    );
    if (holding) this.#held = new Deadlines(holding.holdMs, (client) => this.#release(client));
  }

  open(response: ServerResponse): void {
    const client = this.sessions.open();
    this.#silent.touch(client);
    const body = Buffer.from(JSON.stringify({ session: client.id, cursor: client.cursor }));
    this.#app.opened(client);
    response.writeHead(201, headersFor(JSON_TYPE, body)).end(body);
  }

  poll(response: ServerResponse, id: string, number: string): void {
    const client = this.sessions.find(id);
    const cursor = parseNumber(number);
    if (client === undefined) refuse(response, [404, 'unknown session']);
    else if (cursor === undefined || cursor > this.sessions.lastId) refuse(response, [400, 'no such cursor']);
    else this.#ask(client, cursor, response);
  }

  close(): void {
    this.#silent.stop();
    this.#held?.stop();
    for (const client of this.sessions.all()) {
      this.#refuseHeld(client, 503, 'the server is closing');
      this.sessions.close(client, 'the server is closing');
    }
  }

  #ask(client: Client, cursor: number, response: ServerResponse): void {
    this.#silent.touch(client);
    this.#refuseHeld(client, 409, 'a newer request of this session took over');
    client.seen(cursor);
    this.#freed(client);
    if (this.#answer(client, response)) return;
    if (this.#held === undefined) {
      this.#answerEmpty(response);
    } else {
      client.way = response;
      this.#held.touch(client);
    }
  }

  /** What is held back for a client comes in time for this very answer, unless there is something before it. */
  #freed(client: Client): void {
    if (this.#app.freed === undefined) return;
    if (pendingOf(client.readings, client.cursor) === undefined) this.#app.freed(client);
  }

  #answerHeld(client: Client): void {
    const { way } = client;
    if (way === undefined) return;
    client.way = undefined;
    this.#held?.forget(client);
    // A client that was cut off asks again with the cursor it had.
    if (!way.destroyed) this.#answer(client, way);
  }

  #refuseHeld(client: Client, status: number, why: string): void {
    const { way } = client;
    client.way = undefined;
    this.#held?.forget(client);
    if (way !== undefined && !way.destroyed) refuse(way, [status, why]);
  }

  /** The longest hold is over. */
  #release(client: Client): void {
    const { way } = client;
    client.way = undefined;
    if (way !== undefined && !way.destroyed) this.#answerEmpty(way);
  }

  #answerEmpty(response: ServerResponse): void {
    response.writeHead(204, ['Cache-Control', 'no-store']).end();
    this.#app.answered(0);
  }

  /** Answers with what is pending; false where that is nothing. */
  #answer(client: Client, response: ServerResponse): boolean {
    const pending = pendingOf(client.readings, client.cursor);
    if (pending === undefined) return false;
    const { cursor, messages, headers, body } = this.#answers.take(pending);
    client.given = cursor;
    response.writeHead(200, headers).end(body);
    this.#app.answered(messages);
    return true;
  }
}
