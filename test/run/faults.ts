/**
 * Real trouble for the processes of a round, loaded into them by NODE_OPTIONS=--import; RTBENCH_TEST_FAULT says which.
 * Counts are of the schedule's sends, the warm-up's left out: 20 clients x 4 messages settle, then the window begins.
 */
import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { Server } from 'node:http';
import { Socket } from 'node:net';
import { WebSocket } from 'ws';

const SCHEDULED = '0000';
const role = process.env.RTBENCH_ROLE;

function spinMs(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

/** Leaves the loop a millisecond in three hundred. */
function busy(): void {
  spinMs(300);
  setTimeout(busy, 1);
}

function isScheduled(data: Buffer): boolean {
  return data.toString('latin1', 0, SCHEDULED.length) === SCHEDULED;
}

type Send = (this: WebSocket, data: Buffer, options: { binary?: boolean }) => void;

/** Puts `around` between the server and every WebSocket frame that it sends. */
function aroundSends(
  around: (count: number, send: (data?: Buffer) => void, socket: WebSocket) => void,
): void {
  if (role !== 'server') return;
  const original: Send = WebSocket.prototype.send;
  let count = 0;
  const replacement: Send = function (data, options) {
    if (isScheduled(data)) count += 1;
    around(count, (other = data) => original.call(this, other, options), this);
  };
  Object.defineProperty(WebSocket.prototype, 'send', { value: replacement });
}

/** Runs `trouble` in place of one of the schedule's sends. */
function once(which: number, trouble: (send: () => void, socket: WebSocket) => void): void {
  aroundSends((count, send, socket) => (count === which ? trouble(send, socket) : send()));
}

let held: (() => void) | undefined;

const faults: Record<string, () => void> = {
  'busy-clients': () => {
    if (role !== 'clients') return;
    const emit = EventEmitter.prototype.emit;
    let begun = false;
    const value = function (this: WebSocket, event: string, ...args: unknown[]): boolean {
      const [data] = args;
      if (!begun && event === 'message' && Buffer.isBuffer(data) && isScheduled(data)) {
        begun = true;
        busy();
      }
      return Reflect.apply(emit, this, [event, ...args]);
    };
    Object.defineProperty(WebSocket.prototype, 'emit', { value });
  },
  'busy-relay': () => {
    if (role === 'relay') setInterval(() => spinMs(30), 45);
  },
  'busy-server': () =>
    once(1, (send) => {
      send();
      busy();
    }),
  'drops-a-message': () => once(200, () => undefined),
  'repeats-a-message': () =>
    once(200, (send) => {
      send();
      send();
    }),
  'invents-a-message': () =>
    aroundSends((count, send) => {
      send();
      if (count === 200) send(Buffer.from('nobody of ours sent this'));
    }),
  'pings-beside-a-message': () =>
    once(200, (send, socket) => {
      send();
      socket.ping();
    }),
  'swaps-two-messages': () =>
    aroundSends((count, send) => {
      if (count === 200) held = send;
      else send();
      if (count === 220) held?.();
    }),
  'cuts-a-connection': () => once(200, (_, socket) => socket.terminate()),
  'stops-the-server': () =>
    once(150, (send) => {
      spawn('sh', ['-c', `sleep 0.4; kill -CONT ${process.pid}`], { stdio: 'ignore' });
      process.kill(process.pid, 'SIGSTOP');
      send();
    }),
  'dies-in-the-window': () =>
    once(200, () => {
      setImmediate(() => {
        throw new Error('on purpose');
      });
    }),
  'cold-half': () =>
    aroundSends((count, send) => {
      send();
      if (count > 0 && count <= 280) spinMs(0.3);
    }),
  overload: () =>
    aroundSends((count, send) => {
      send();
      if (count > 80) spinMs(4);
    }),
  'refuses-upgrades': () => {
    if (role !== 'server') return;
    const emit = EventEmitter.prototype.emit;
    const value = function (this: Server, event: string, ...args: unknown[]): boolean {
      const [, socket] = args;
      if (event !== 'upgrade' || !(socket instanceof Socket))
        return Reflect.apply(emit, this, [event, ...args]);
      socket.destroy();
      return true;
    };
    Object.defineProperty(Server.prototype, 'emit', { value });
  },
};

faults[process.env.RTBENCH_TEST_FAULT ?? '']?.();
