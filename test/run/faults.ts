/**
 * Real trouble for the processes of a round, loaded into them by NODE_OPTIONS=--import; RTBENCH_TEST_FAULT says which.
 * Counts assume 20 clients: the warm-up makes 20,000 sends, then the settling and the window follow.
 */
import { spawn } from 'node:child_process';
import { Server } from 'node:http';
import { WebSocket } from 'ws';

const WARM_SENDS = 20_000;
const role = process.env.RTBENCH_ROLE;

function spinMs(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
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
    count += 1;
    around(count, (other = data) => original.call(this, other, options), this);
  };
  Object.defineProperty(WebSocket.prototype, 'send', { value: replacement });
}

/** Runs `trouble` once, `extra` sends after the warm-up. */
function once(extra: number, trouble: (send: () => void, socket: WebSocket) => void): void {
  aroundSends((count, send, socket) => (count === WARM_SENDS + extra ? trouble(send, socket) : send()));
}

let held: (() => void) | undefined;

const faults: Record<string, () => void> = {
  'busy-clients': () => role === 'clients' && setInterval(() => spinMs(19.5), 20),
  'busy-server': () => role === 'server' && setInterval(() => spinMs(19.5), 20),
  'drops-a-message': () => once(200, () => undefined),
  'repeats-a-message': () =>
    once(200, (send) => {
      send();
      send();
    }),
  'invents-a-message': () =>
    aroundSends((count, send) => {
      send();
      if (count === WARM_SENDS + 200) send(Buffer.from('nobody of ours sent this'));
    }),
  'swaps-two-messages': () =>
    aroundSends((count, send) => {
      if (count === WARM_SENDS + 200) held = send;
      else send();
      if (count === WARM_SENDS + 220) held?.();
    }),
  'cuts-a-connection': () => once(200, (_, socket) => socket.terminate()),
  'stops-the-server': () =>
    once(150, (send) => {
      spawn('sh', ['-c', `sleep 0.4; kill -CONT ${process.pid}`], { stdio: 'ignore' });
      process.kill(process.pid, 'SIGSTOP');
      send();
    }),
  'cold-half': () =>
    aroundSends((count, send) => {
      send();
      if (count > WARM_SENDS && count <= WARM_SENDS + 480) spinMs(0.3);
    }),
  overload: () =>
    aroundSends((count, send) => {
      send();
      if (count > WARM_SENDS + 80) spinMs(4);
    }),
  'refuses-upgrades': () => {
    if (role !== 'server') return;
    const emit = Server.prototype.emit;
    Server.prototype.emit = function (event: string | symbol, ...args: unknown[]) {
      if (event !== 'upgrade') return emit.call(this, event, ...args);
      const [, socket] = args;
      if (socket instanceof Object && 'destroy' in socket && typeof socket.destroy === 'function')
        socket.destroy();
      return true;
    };
  },
};

faults[process.env.RTBENCH_TEST_FAULT ?? '']?.();
