import type { Guard } from './guard.ts';

/** A node's clients of one library: one to publish, one to listen, and one that is opened when a stream is first read. */
export abstract class HeldClients<Client extends object> {
  readonly publisher: Client;
  readonly subscriber: Client;
  readonly #guard: Guard;
  readonly #open: () => Promise<Client>;
  /** Opened for a stream alone: what else is heard needs none, and each connection is one more that may fail. */
  #reader: Promise<Client> | undefined;

  constructor(publisher: Client, subscriber: Client, guard: Guard, open: () => Promise<Client>) {
    this.publisher = publisher;
    this.subscriber = subscriber;
    this.#guard = guard;
    this.#open = open;
  }

  /** Breaks one client's connection at once. */
  protected abstract end(client: Client): void;

  get failures(): number {
    return this.#guard.failures;
  }

  close(): void {
    for (const client of [this.publisher, this.subscriber]) this.end(client);
    this.#reader?.then((reader) => this.end(reader));
  }

  protected reader(): Promise<Client> {
    this.#reader ??= this.#open();
    return this.#reader;
  }
}

/** The same bytes as these libraries want them. */
export function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
