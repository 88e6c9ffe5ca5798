import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import type { Message } from '../../../contracts.ts';
import type { Asker } from '../client/line.ts';

/** What one request is made of, and who hears the answer. */
export interface Order {
  readonly options: RequestOptions;
  readonly body: Message;
  readonly asker: Asker;
}

/** What a line is told while a request is under way. */
export interface Watcher {
  heard(): void;
  /** It has failed or is answered, and its socket is free again or gone. */
  over(): void;
}

/** One request made once. */
export class Attempt {
  readonly #asker: Asker;
  readonly #watcher: Watcher;
  #request: ClientRequest | undefined;
  /** Why it came to nothing, where it was not the connection that failed. */
  #reason: Error | undefined;
  #breakage: Error | undefined;
  #isAnswered = false;
  #isComplete = false;
  #isGivenUp = false;

  constructor({ options, body, asker }: Order, watcher: Watcher) {
    this.#asker = asker;
    this.#watcher = watcher;
    // The agent has the socket back just after the request's end: only then may the next one be made.
    const end = () => process.nextTick(() => this.#end());
    const { request } = options.protocol === 'https:' ? https : http;
    try {
      this.#request = request(options)
        .on('response', (response) => this.#read(response))
        .on('error', (error) => this.#break(error))
        .once('close', end)
        .end(body);
    } catch (error) {
      // The path or a header holds what the server named, and that cannot be written.
      this.fail(error);
      end();
    }
  }

  get failure(): Error | undefined {
    if (this.#isComplete) return undefined;
    return this.#reason ?? this.#breakage ?? new Error('the connection was closed');
  }

  /** A server may end an idle connection just as it is used again. */
  get isWorthRepeating(): boolean {
    return this.#reason === undefined && !this.#isAnswered && this.#request?.reusedSocket === true;
  }

  fail(reason: unknown): void {
    this.#reason ??= reason instanceof Error ? reason : new Error(String(reason));
    this.#request?.destroy();
  }

  /** Tells nobody anything any more; the socket is the caller's to destroy. */
  giveUp(): void {
    this.#isGivenUp = true;
  }

  #read(response: IncomingMessage): void {
    this.#isAnswered = true;
    response
      .on('data', (part: Buffer) => this.#tell(() => this.#asker.data(part, 0, part.length)))
      .on('end', () => {
        this.#isComplete = this.#reason === undefined;
        this.#tell(() => this.#asker.end());
      })
      .on('error', (error) => this.#break(error));
    const { statusCode = 0, headers } = response;
    this.#tell(() => this.#asker.head(statusCode, headers['content-type'] ?? ''));
  }

  #tell(what: () => void): void {
    if (this.#isGivenUp || this.#reason !== undefined) return;
    this.#watcher.heard();
    try {
      what();
    } catch (error) {
      this.fail(error);
    }
  }

  #break(error: Error): void {
    this.#breakage ??= error;
  }

  #end(): void {
    if (!this.#isGivenUp) this.#watcher.over();
  }
}
