import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { listen } from './harness.ts';

/** A way to a server that can become a hole: then what is sent is swallowed, and nothing says so. */
export interface Hole {
  readonly url: URL;
  /** Swallows what is sent from now on, both ways; connections are still accepted. */
  open(): void;
  /** New connections pass again, to another server if there is one; those that were there stay dead. */
  end(target?: URL): void;
  /** Breaks all connections. */
  cut(): void;
  /** Connections of clients that are open. */
  sockets(): number;
  close(): Promise<void>;
}

/** Puts one before a server. */
export async function holeBefore(server: URL): Promise<Hole> {
  const sockets = new Set<Socket>();
  let target = server;
  let isOpen = false;
  let age = 0;
  const listener = createServer((near) => {
    keep(near);
    if (isOpen) return;
    const born = age;
    const far = connect(Number(target.port), '127.0.0.1');
    keep(far);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (bytes: Buffer) => {
        if (born === age) to.write(bytes);
      });
      from.on('close', () => {
        if (born === age) to.destroy();
      });
    }
  });
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket
      .on('error', () => {})
      .on('close', () => sockets.delete(socket))
      .resume();
  };
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  const port = await listen(listener);
  return {
    url: new URL(`http://127.0.0.1:${port}/`),
    open() {
      isOpen = true;
      age += 1;
    },
    end(other = target) {
      target = other;
      isOpen = false;
    },
    cut,
    sockets: () => sockets.size,
    async close() {
      cut();
      listener.close();
      await once(listener, 'close');
    },
  };
}
