/** One published message as a room remembers it: its number on this server, and its form on the wire. */
export interface Entry<Form> {
  readonly id: number;
  readonly form: Form;
  readonly bytes: number;
}

/** What a room remembers: the newest messages, bounded by count and by bytes. An ordinal counts from the log's start. */
export class Log<Form> {
  readonly #maxMessages: number;
  readonly #maxBytes: number;
  #entries: Entry<Form>[] = [];
  /** Entries before this index are dropped already, and cut off in one go. */
  #head = 0;
  #bytes = 0;
  /** Ordinal of the first entry that is still held: how many were dropped. */
  dropped = 0;
  /** Number of the newest dropped entry. */
  droppedId = 0;

  constructor({ logMessages, logBytes }: { readonly logMessages: number; readonly logBytes: number }) {
    this.#maxMessages = logMessages;
    this.#maxBytes = logBytes;
  }

  /** Ordinal after the newest entry. */
  get end(): number {
    return this.dropped + this.#entries.length - this.#head;
  }

  at(ordinal: number): Entry<Form> | undefined {
    return this.#entries[this.#head + ordinal - this.dropped];
  }

  /** The entries from one ordinal up to another. */
  range(start: number, end: number): Entry<Form>[] {
    const offset = this.#head - this.dropped;
    return this.#entries.slice(offset + start, offset + end);
  }

  /** Ordinal of the oldest held entry that is newer than `id`; looks from the newest, where readers mostly are. */
  after(id: number): number {
    let index = this.#entries.length;
    while (index > this.#head && (this.#entries[index - 1]?.id ?? 0) > id) index--;
    return this.dropped + index - this.#head;
  }

  /** Keeps the newest entry whatever its size, unless the log is to hold none. */
  append(entry: Entry<Form>): void {
    this.#entries.push(entry);
    this.#bytes += entry.bytes;
    let held = this.#entries.length - this.#head;
    while (held > this.#maxMessages || (held > 1 && this.#bytes > this.#maxBytes)) {
      this.#drop();
      held--;
    }
  }

  #drop(): void {
    const oldest = this.#entries[this.#head++];
    if (oldest === undefined) return;
    this.#bytes -= oldest.bytes;
    this.dropped++;
    this.droppedId = oldest.id;
    if (this.#head * 2 < this.#entries.length) return;
    this.#entries = this.#entries.slice(this.#head);
    this.#head = 0;
  }
}
