import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { BSON } from 'mongodb';
import { listen } from '../../transports/harness.ts';

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const HEADER_BYTES = 16;

type Documents = Record<string, unknown>[];

/** As much of a MongoDB server as a history needs, over the real wire protocol: no mongod can be had on this project's machines. */
export class Mongod {
  readonly documents: Documents = [];
  readonly indexes: Documents = [];
  /** Told of each document that is to be inserted; what it throws, the client is told, and the document is not kept. */
  inserting: (document: Record<string, unknown>) => void = () => {};
  /** Takes everything in and answers nothing. */
  isHanging = false;
  readonly #sockets = new Set<Socket>();
  readonly #server: Server = createServer((socket) => this.#serve(socket));

  async listen(): Promise<string> {
    return `mongodb://127.0.0.1:${await listen(this.#server)}/chat`;
  }

  /** Goes without a word, as a killed process does. */
  async die(): Promise<void> {
    for (const socket of this.#sockets) socket.resetAndDestroy();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, 'close');
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket)).on('error', () => {});
    let unread = Buffer.alloc(0);
    socket.on('data', (bytes: Buffer) => {
      unread = Buffer.concat([unread, bytes]);
      while (unread.length >= HEADER_BYTES && unread.length >= unread.readInt32LE(0)) {
        const message = unread.subarray(0, unread.readInt32LE(0));
        unread = unread.subarray(message.length);
        if (!this.isHanging) this.#answer(socket, message);
      }
    });
  }

  #answer(socket: Socket, message: Buffer): void {
    const isQuery = message.readInt32LE(12) === OP_QUERY;
    const command = isQuery ? readQuery(message) : readSections(message);
    const reply = BSON.serialize(this.#carryOut(command));
    const head = isQuery ? replyHead() : Buffer.alloc(5);
    const header = Buffer.alloc(HEADER_BYTES);
    header.writeInt32LE(HEADER_BYTES + head.length + reply.length, 0);
    header.writeInt32LE(message.readInt32LE(4), 8);
    header.writeInt32LE(isQuery ? OP_REPLY : OP_MSG, 12);
    socket.write(Buffer.concat([header, head, reply]));
  }

  #carryOut(command: Record<string, unknown>): object {
    try {
      switch (Object.keys(command)[0]) {
        case 'hello':
        case 'ismaster':
          return HELLO;
        case 'insert':
          return { ok: 1, n: this.#insert(documentsIn(command.documents)) };
        case 'find':
          return { ok: 1, cursor: { id: 0n, ns: 'chat.rtbench_messages', firstBatch: this.#find(command) } };
        case 'createIndexes':
          this.indexes.push(...documentsIn(command.indexes));
          return { ok: 1 };
        default:
          return { ok: 1 };
      }
    } catch (error) {
      return { ok: 0, code: 96, codeName: 'OperationFailed', errmsg: String(error) };
    }
  }

  #insert(documents: Documents): number {
    for (const document of documents) {
      this.inserting(document);
      this.documents.push(document);
    }
    return documents.length;
  }

  #find({ filter, sort, limit }: Record<string, unknown>): Documents {
    const { server, room, number } = Object(filter);
    if (JSON.stringify(sort) !== '{"number":-1}') throw new Error('sorted otherwise');
    return this.documents
      .filter((one) => one.server === server && one.room === room && Number(one.number) <= number.$lte)
      .sort((one, other) => Number(other.number) - Number(one.number))
      .slice(0, Number(limit));
  }
}

const HELLO = {
  ok: 1,
  helloOk: true,
  ismaster: true,
  isWritablePrimary: true,
  minWireVersion: 0,
  maxWireVersion: 25,
  maxBsonObjectSize: 16 << 20,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  logicalSessionTimeoutMinutes: 30,
};

/** Flags, collection name, skip, limit, and the document. */
function readQuery(message: Buffer): Record<string, unknown> {
  const nameEnd = message.indexOf(0, HEADER_BYTES + 4);
  return BSON.deserialize(message.subarray(nameEnd + 1 + 8));
}

/** Flags, then sections: the command itself, and lists of documents that belong to it by name. */
function readSections(message: Buffer): Record<string, unknown> {
  const command: Record<string, unknown> = {};
  for (let at = HEADER_BYTES + 4; at < message.length; ) {
    const isList = message[at] === 1;
    const bytes = message.readInt32LE(at + 1);
    const section = message.subarray(at + 1, at + 1 + bytes);
    if (isList) {
      const nameEnd = section.indexOf(0, 4);
      command[section.toString('utf8', 4, nameEnd)] = readList(section.subarray(nameEnd + 1));
    } else {
      Object.assign(command, BSON.deserialize(section));
    }
    at += 1 + bytes;
  }
  return command;
}

function readList(bytes: Buffer): Documents {
  const documents: Documents = [];
  for (let at = 0; at < bytes.length; at += bytes.readInt32LE(at)) {
    documents.push(BSON.deserialize(bytes.subarray(at, at + bytes.readInt32LE(at))));
  }
  return documents;
}

function documentsIn(value: unknown): Documents {
  return Array.isArray(value) ? value : [];
}

/** Flags, cursor, start, and how many documents follow. */
function replyHead(): Buffer {
  const head = Buffer.alloc(20);
  head.writeInt32LE(8, 0);
  head.writeInt32LE(1, 16);
  return head;
}
