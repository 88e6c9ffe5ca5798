import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** Bytes that a server's sockets have carried so far, closed ones included, and how many are open. */
export interface SocketCount {
  readonly bytesUp: number;
  readonly bytesDown: number;
  readonly open: number;
  /** The most that were open at once, ever. */
  readonly peakOpen: number;
}

/** Counts at the sockets themselves, below any transport: TLS records, headers and framing included. */
export class SocketMeter {
  readonly #open = new Set<Socket>();
  #peakOpen = 0;
  #closedUp = 0;
  #closedDown = 0;

  constructor(server: Server) {
    server.on('connection', (socket: Socket) => {
      this.#open.add(socket);
      this.#peakOpen = Math.max(this.#peakOpen, this.#open.size);
      socket.once('close', () => {
        this.#open.delete(socket);
        this.#closedUp += socket.bytesRead;
        this.#closedDown += socket.bytesWritten;
      });
    });
  }

  read(): SocketCount {
    let bytesUp = this.#closedUp;
    let bytesDown = this.#closedDown;
    for (const socket of this.#open) {
      bytesUp += socket.bytesRead;
      bytesDown += socket.bytesWritten;
    }
    return { bytesUp, bytesDown, open: this.#open.size, peakOpen: this.#peakOpen };
  }
}
