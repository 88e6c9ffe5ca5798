import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { messageOf, RtbenchError } from '../../../errors.ts';
import type { Saying, Store } from './store.ts';

// Kept in the order of coming, messages share pages: kept by room, each would write a page of its own at twice the CPU.
const MAKE = `
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE messages (number INTEGER PRIMARY KEY, room TEXT, name TEXT, text TEXT, atMs INTEGER) STRICT;
  CREATE INDEX by_room ON messages (room, number)`;
const ADD = 'INSERT INTO messages (number, room, name, text, atMs) VALUES (?, ?, ?, ?, ?)';
const LAST = 'SELECT * FROM messages WHERE room = ? AND number <= ? ORDER BY number DESC LIMIT ?';

/** Opens a database in a file without a name: it takes room on the disk, and is gone with this process, whatever ends it. */
export async function openSqlite(): Promise<Store> {
  let folder = '';
  try {
    const { DatabaseSync } = await import('node:sqlite');
    folder = mkdtempSync(join(tmpdir(), 'rtbench-history-'));
    const database = new DatabaseSync(join(folder, 'history.db'));
    database.exec(MAKE);
    // Open files live on without their names; where a system does not allow it, they stay in its temporary folder.
    if (process.platform !== 'win32') rmSync(folder, { recursive: true });
    return new SqliteStore(database);
  } catch (cause) {
    const where = folder === '' ? tmpdir() : folder;
    throw new RtbenchError('child', `Cannot open the SQLite history in ${where}: ${messageOf(cause)}`, {
      cause,
    });
  }
}

/** All of it runs in the server's own thread: so its CPU can be read around it. */
class SqliteStore implements Store {
  cpuUs = 0;
  readonly #database: DatabaseSync;
  readonly #add: StatementSync;
  readonly #last: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#add = database.prepare(ADD);
    this.#last = database.prepare(LAST);
  }

  async add(batch: readonly Saying[]): Promise<void> {
    const before = process.cpuUsage();
    this.#database.exec('BEGIN');
    for (const { room, number, name, text, atMs } of batch) this.#add.run(number, room, name, text, atMs);
    this.#database.exec('COMMIT');
    const { user, system } = process.cpuUsage(before);
    this.cpuUs += user + system;
  }

  async last(room: string, count: number, upTo: number): Promise<readonly Saying[]> {
    const rows = this.#last.all(room, upTo, count);
    return rows.reverse().map(({ number, name, text, atMs }) => ({
      number: Number(number),
      room,
      name: String(name),
      text: String(text),
      atMs: Number(atMs),
    }));
  }
}
