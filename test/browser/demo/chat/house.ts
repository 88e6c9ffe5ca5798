import { ChatServer } from '../../../../src/applications/chat/server.ts';
import {
  type Hearing,
  Visit,
  type Visited,
  type Wish,
} from '../../../../src/browser/demo/chat/visit/visit.ts';
import type { Refusal } from '../../../../src/browser/demo/chat/visit/why.ts';
import type { Message, Peer } from '../../../../src/contracts.ts';

/** One connection between a visit and the chat: both ends are here, and it can be cut. */
class Wire implements Peer {
  readonly id = 'wire';
  readonly isBusy = false;
  readonly drop = () => this.end();
  readonly rooms = new Set<string>();
  isOpen = false;
  readonly #house: House;
  readonly #hears: Hearing;

  constructor(house: House, hears: Hearing) {
    this.#house = house;
    this.#hears = hears;
  }

  open(): void {
    this.isOpen = true;
    this.#house.chat.app.opened(this);
    this.#hears.open();
  }

  /** The browser learns of it; the server only where `isNoticed`. */
  cut(isNoticed: boolean): void {
    this.isOpen = false;
    this.#hears.lost();
    if (isNoticed) this.end();
  }

  end(): void {
    this.rooms.clear();
    this.#house.chat.app.closed(this, 'gone');
  }

  ask(text: string): void {
    if (this.isOpen) this.#house.chat.app.received(this, text);
  }

  join(room: string): void {
    this.rooms.add(room);
  }
  leave(room: string): void {
    this.rooms.delete(room);
  }
  send(message: Message): void {
    if (this.isOpen) this.#hears.message(String(message));
  }
}

/** The real chat's server, and visits that reach it without a network. */
export class House {
  chat = new ChatServer(null, 20);
  readonly #wires = new Set<Wire>();

  constructor() {
    this.#serve();
  }

  come(wish: Wish) {
    const refusals: [Refusal, string | null][] = [];
    const wires: Wire[] = [];
    const visited: Visited = {
      changed: () => undefined,
      heard: () => undefined,
      refused: (refusal, text) => refusals.push([refusal, text]),
    };
    const visit = new Visit(
      wish,
      (_, hearing) => {
        const wire = new Wire(this, hearing);
        wires.push(wire);
        this.#wires.add(wire);
        queueMicrotask(() => wire.open());
        return {
          send: (text) => wire.ask(text),
          close: () => {
            wire.isOpen = false;
            wire.end();
          },
        };
      },
      visited,
    );
    return { visit, refusals, wires };
  }

  /** Another server takes its place, which knows nobody. */
  restart(): void {
    this.chat = new ChatServer(null, 20);
    this.#serve();
  }

  #serve(): void {
    this.chat.serve({
      publish: (room, message) => {
        for (const wire of this.#wires) if (wire.rooms.has(room)) wire.send(message);
      },
      close: async () => undefined,
    });
  }
}
