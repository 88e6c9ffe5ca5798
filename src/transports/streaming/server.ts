import type { Server as HttpServer, ServerResponse } from 'node:http';
import type { App, Attach, ServerSide, TransportOptions } from '../../contracts.ts';
import { Deadlines } from '../deadlines.ts';
import { serve } from '../http/server/endpoint.ts';
import { parseNumber } from '../http/server/parse-number.ts';
import { pendingOf, take } from '../http/server/reading.ts';
import { refuse } from '../http/server/refuse.ts';
import { type Session, Sessions, SILENCE_MS } from '../http/server/sessions.ts';
import { eventStream, type Format, ndjson } from './formats.ts';

type Client = Session<Buffer, ServerResponse>;

/** Serves newline-delimited JSON: a stream that is lost is over. */
export const attachNdjson: Attach = (http, app, options) => attachStreams(http, app, options, ndjson);

/** Serves server-sent events: a client that lost its stream goes on after the last event it saw. */
export const attachEvents: Attach = (http, app, options) => attachStreams(http, app, options, eventStream);

function attachStreams(http: HttpServer, app: App, options: TransportOptions, format: Format): ServerSide {
  const streams = new Streams(app, options, format);
  const stop = serve(http, {
    sessions: streams.sessions,
    app,
    options,
    answer: (request, response, { what, id, number }) => {
      if (what !== 'stream' || request.method !== 'GET') return false;
      // EventSource can set no header the first time, and comes back by itself with one that is newer than its address.
      const cursor = String(request.headers['last-event-id'] ?? number);
      if (id === '' && number === '') streams.open(response);
      else if (format.resumes) streams.resume(response, id, cursor);
      else return false;
      return true;
    },
  });
  return {
    publish: (room, message) => streams.sessions.publish(room, message),
    async close() {
      stop();
      await streams.close();
    },
  };
}

class Streams {
  readonly sessions: Sessions<Buffer, ServerResponse>;
  readonly #app: App;
  readonly #format: Format;
  readonly #maxBufferBytes: number;
  readonly #heartbeats: Deadlines<Client>;
  readonly #away: Deadlines<Client>;

  constructor(app: App, options: TransportOptions, format: Format) {
    this.#app = app;
    this.#format = format;
    this.#maxBufferBytes = options.maxBufferBytes;
    // Where nobody can go on, nothing has to be remembered.
    this.sessions = new Sessions(app, format.resumes ? options : { logMessages: 0, logBytes: 0 }, {
      encode: (id, message) => format.encode(id, message),
      deliver: (client, entry) => this.#write(client, entry.form),
      isFull: (response) => response.writableNeedDrain,
      ended: (client) => {
        client.way?.destroy();
        client.way = undefined;
        this.#heartbeats.forget(client);
        this.#away.forget(client);
      },
    });
    this.#heartbeats = new Deadlines(options.heartbeatMs, (client) => {
      this.#write(client, format.heartbeat);
      if (client.way !== undefined) this.#heartbeats.touch(client);
    });
    this.#away = new Deadlines(SILENCE_MS, (client) => this.sessions.close(client, 'did not return'));
  }

  open(response: ServerResponse): void {
    if (!canStream(response)) return;
    const client = this.sessions.open();
    this.#begin(client, client.cursor, response);
    this.#app.opened(client);
  }

  resume(response: ServerResponse, id: string, number: string): void {
    if (!canStream(response)) return;
    const client = this.sessions.find(id);
    const cursor = parseNumber(number);
    if (client === undefined) refuse(response, [404, 'unknown session']);
    else if (cursor === undefined || cursor > this.sessions.lastId)
      refuse(response, [400, 'no such event id']);
    else this.#goOn(client, cursor, response);
  }

  async close(): Promise<void> {
    this.#heartbeats.stop();
    this.#away.stop();
    const ends: Promise<void>[] = [];
    for (const client of this.sessions.all()) {
      if (client.way !== undefined) ends.push(endStream(client.way));
      client.way = undefined;
      this.sessions.close(client, 'the server is closing');
    }
    await Promise.all(ends);
  }

  #begin(client: Client, cursor: number, response: ServerResponse): void {
    response.writeHead(200, ['Content-Type', this.#format.type, 'Cache-Control', 'no-store']);
    response.write(this.#format.hello(client.id, cursor));
    client.way = response;
    this.#away.forget(client);
    this.#heartbeats.touch(client);
    response.on('drain', () => this.#app.freed?.(client));
    response.on('close', () => {
      if (client.way !== response) return;
      if (this.#format.resumes) {
        this.#detach(client);
        this.#away.touch(client);
      } else {
        this.sessions.close(client, 'the connection was closed');
      }
    });
  }

  /** Begins again with what the client has not seen. */
  #goOn(client: Client, cursor: number, response: ServerResponse): void {
    client.way?.destroy();
    this.#detach(client);
    this.#begin(client, cursor, response);
    this.#giveMissed(client, cursor);
    if (!client.isBusy) this.#app.freed?.(client);
  }

  #giveMissed(client: Client, cursor: number): void {
    const pending = pendingOf(client.readings, cursor);
    if (pending === undefined) return;
    const pieces = take(pending, Number.POSITIVE_INFINITY).entries.map((entry) => entry.form);
    if (pending.missed > 0) pieces.unshift(this.#format.missed(pending.missed));
    client.way?.write(Buffer.concat(pieces));
  }

  #detach(client: Client): void {
    if (client.way !== undefined) client.caughtUp();
    client.way = undefined;
    this.#heartbeats.forget(client);
  }

  /** Writes one piece, or drops a client that has left too much unread. */
  #write(client: Client, piece: Buffer): void {
    const response = client.way;
    if (response === undefined || response.destroyed) return;
    const unsent = response.writableLength;
    if (unsent === 0 || unsent + piece.length <= this.#maxBufferBytes) {
      response.write(piece);
    } else {
      const why = `buffer full: ${unsent} bytes unsent, ${this.#maxBufferBytes} allowed`;
      client.way = undefined;
      response.destroy();
      // Not at once: the application may publish again, and this message is still on its way to others.
      process.nextTick(() => this.sessions.close(client, why));
    }
  }
}

/** A stream takes the connection for itself. A proxy may ask by HTTP/1.0: then nothing marks its parts. */
function canStream(response: ServerResponse): boolean {
  if (response.socket !== null) return true;
  refuse(response, [400, 'a stream takes a connection that is free']);
  return false;
}

function endStream(response: ServerResponse): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    response.once('close', () => resolve());
  });
  if (response.writableLength > 0) response.destroy();
  else response.end(() => response.destroy());
  return closed;
}
