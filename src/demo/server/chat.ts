import { MemoryHistory } from '../../applications/chat/history/memory.ts';
import { ChatServer } from '../../applications/chat/server.ts';
import { readRequest } from '../../applications/chat/talk.ts';
import type { App, Message, Peer, ServerSide } from '../../contracts.ts';
import type { Visitors } from './door/visitors.ts';

const MOST_CHARACTERS = 500;
const MOST = { rooms: 50, members: 100 };
/** Lines that a newcomer gets. */
const LAST = 50;

/** One chat over several transports: whoever is in a room hears all of it, whatever they came by. */
export class Chat {
  readonly #server = new ChatServer(new MemoryHistory(), LAST, MOST);
  readonly #sides: ServerSide[] = [];
  readonly #visitors: Visitors;

  constructor(visitors: Visitors) {
    this.#visitors = visitors;
    this.#server.serve({
      publish: (room, message) => {
        for (const side of this.#sides) side.publish(room, message);
      },
      close: async () => undefined,
    });
  }

  /** What every transport serves. */
  readonly app: Omit<App, 'answered'> = {
    opened: (peer) => this.#server.app.opened(peer),
    received: (peer, message, answer) => this.#hear(peer, message, answer),
    closed: (peer, why) => this.#server.app.closed(peer, why),
  };

  serve(side: ServerSide): void {
    this.#sides.push(side);
  }

  #hear(peer: Peer, message: Message, answer: (reply: Message) => void = (reply) => peer.send(reply)): void {
    const why = this.#objectionTo(peer, message);
    if (why === undefined) this.#server.app.received(peer, message, answer);
    else answer(JSON.stringify({ type: 'refused', id: readRequest(message).id, why }));
  }

  #objectionTo(peer: Peer, message: Message): string | undefined {
    if (!this.#visitors.maySpeak(peer)) return 'not so fast';
    const request = readRequest(message);
    const isLong = request.type === 'say' && request.text.length > MOST_CHARACTERS;
    return isLong ? `a message has at most ${MOST_CHARACTERS} characters` : undefined;
  }
}
