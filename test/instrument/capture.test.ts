import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { onPath } from '../../src/instrument/pinning.ts';
import { type Isolation, isolate, type Namespace } from '../../src/instrument/wire/namespace.ts';
import { parseWire } from '../../src/instrument/wire/wire-meter.ts';
import { startYardstick } from '../../src/instrument/yardstick.ts';
import type { Round } from '../../src/measurements.ts';
import { makePlan } from '../../src/plan/make.ts';
import { runRounds } from '../../src/run/rounds.ts';
import { transports } from '../../src/transports/index.ts';

/** What a capture holds: IP packets, and their bytes. */
interface Captured {
  readonly packets: number;
  readonly bytes: number;
}

const FILE_HEAD = 24;
const RECORD_HEAD = 16;
const ETHERNET_HEAD = 14;

/** Counts a capture file's packets by the lengths that they had on the wire. */
function countPackets(file: Buffer): Captured {
  let packets = 0;
  let bytes = 0;
  for (let at = FILE_HEAD; at < file.length; ) {
    packets += 1;
    bytes += file.readUInt32LE(at + 12) - ETHERNET_HEAD;
    at += RECORD_HEAD + file.readUInt32LE(at + 8);
  }
  return { packets, bytes };
}

/** Runs tcpdump in the namespace; `stop` gives what it saw. */
async function capture({ enter }: Namespace): Promise<{ stop(): Promise<Captured> }> {
  // tcpdump gives up root's rights, which it may only do outside of a user namespace: enter the network alone.
  const [program = '', ...args] = enter.filter(
    (part) => !['--user', '--preserve-credentials'].includes(part),
  );
  args.push(...'tcpdump --immediate-mode -i lo -s 64 -B 16384 -U -w -'.split(' '));
  const dump = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const parts: Buffer[] = [];
  dump.stdout.on('data', (part: Buffer) => parts.push(part));
  let said = '';
  dump.stderr.on('data', (part: Buffer) => {
    said += part;
  });
  while (!said.includes('listening on')) {
    const gone = once(dump, 'exit').then(() => Promise.reject(new Error(said)));
    await Promise.race([once(dump.stderr, 'data'), gone]);
  }
  return {
    async stop() {
      dump.kill('SIGINT');
      await once(dump, 'close');
      expect(said).toContain('\n0 packets dropped by kernel');
      return countPackets(Buffer.concat(parts));
    },
  };
}

function counted({ enter }: Namespace): Captured {
  const [program = '', ...args] = [...enter, 'cat', '/proc/net/dev'];
  const found = parseWire(execFileSync(program, args, { encoding: 'utf8' }));
  if (found === null) throw new Error('no loopback in the namespace');
  return found;
}

function missing({ missing: reason }: Isolation): string | undefined {
  if (process.getuid?.() !== 0) return 'only root may capture in the namespace';
  return reason ?? (onPath('tcpdump') ? undefined : 'tcpdump not found (Debian: apt install tcpdump)');
}

test("the kernel's counters are what a capture saw, to the packet and to the byte", async () => {
  const isolation = await isolate();
  const reason = missing(isolation);
  if (isolation.namespace === null || reason !== undefined) return console.log(`skipped: ${reason}`);
  const { namespace } = isolation;
  const chosen = transports.filter(({ name }) => ['websocket', 'longpoll', 'socketio'].includes(name));
  const scenario = { name: 'captured', summary: '', application: 'broadcast', settings: {} } as const;
  const options = { clients: '20', durationMs: '300ms', ratePerSecond: '20' };
  const plan = makePlan(
    { command: [], transports: chosen, scenario, rounds: 1, isolate: 'auto', options },
    { openFiles: 20_000 },
  );
  const { signal } = new AbortController();
  const yardstick = await startYardstick(undefined);
  const rounds: Round[] = [];
  const capturing = await capture(namespace);
  await runRounds(plan, rounds, { pinning: null, namespace, certificate: null, yardstick, signal }, () => {});
  const ours = counted(namespace);
  const theirs = await capturing.stop();
  await Promise.all([yardstick.end(), namespace.end()]);
  expect(rounds.map(({ delivery }) => delivery.lost)).toEqual([0, 0, 0]);
  expect(ours).toEqual(theirs);
  expect(ours.packets).toBeGreaterThan(10_000);
});
