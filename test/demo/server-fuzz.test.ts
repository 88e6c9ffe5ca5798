import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { DEMO_TRANSPORTS } from '../../src/demo-talk.ts';
import { seededRandom } from '../../src/random.ts';
import { until } from '../transports/harness.ts';
import { type Attack, attack, SESSION_NAME, SESSIONS } from './hostile.ts';
import { ask, serverApart, textOf, visit } from './visiting.ts';

const ATTACKS = 400;
const AT_ONCE = 20;
/** A client that is not answered gives up then. */
const PATIENCE_MS = 150;
const MOST_MIB = 250;

function memoryMib(pid: number): number {
  const [, kib] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) / 1024;
}

/** Sends all of it, and waits until the server has had enough of it, or has nothing to say. */
async function carryOut(port: number, pieces: Attack, session: string): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.on('error', () => undefined).resume();
  const closed = new Promise((resolve) => socket.once('close', resolve));
  for (const piece of pieces) {
    socket.write(typeof piece === 'string' ? piece.replaceAll('SID', session) : piece);
    await new Promise(setImmediate);
  }
  await Promise.race([closed, wait(PATIENCE_MS)]);
  // The server hears of it while it reads or writes, or waits.
  socket.resetAndDestroy();
}

test('whatever comes, it goes on serving and takes no more memory', async () => {
  const { server, port } = await serverApart();
  const random = seededRandom(1);
  const session = async () => {
    const { path, method } = SESSIONS[Math.floor(random() * SESSIONS.length)] ?? SESSIONS[0];
    return SESSION_NAME.exec(await textOf(await ask(port, path, { method })))?.[1] ?? 'none';
  };
  let left = ATTACKS;
  const attacker = async () => {
    let name = 'none';
    for (let count = 0; left > 0; count++) {
      left -= 1;
      if (count % 5 === 0) name = await session();
      await carryOut(port, attack(random), name);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, attacker));
  expect(server.lastWords).toBe('');
  expect(server.isOver).toBe(false);

  const visitors = await Promise.all(DEMO_TRANSPORTS.map((name) => visit(port, 'lane', name)));
  await server.ask('set', { eventsPerSecond: 50, payloadBytes: 64 });
  await until('all hear events', () => visitors.every(({ heard }) => heard.length >= 5));
  const person = await visit(port, 'chat', 'websocket');
  person.connection.send(JSON.stringify({ type: 'join', room: 'after', name: 'me', id: 1 }));
  await until('a welcome', () => person.heard.some((text) => text.includes('welcome')));
  if (process.platform === 'linux') expect(memoryMib(server.pid)).toBeLessThan(MOST_MIB);
});
