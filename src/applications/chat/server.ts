import type { Message, Peer, ServerSide } from '../../contracts.ts';
import type { ResolvedScenario } from '../../measurements.ts';
import type { ServerHalf } from '../application.ts';
import { openHistory } from './history/index.ts';
import type { Past } from './history/store.ts';
import { type Member, Membership, type Most, UNBOUNDED } from './membership.ts';
import { type Reply, readRequest, type Telling } from './talk.ts';

/** A list names no more people than these, and a room of more gets no list on every coming and going. */
const MOST_LISTED = 100;
/** Whatever the newest messages weigh, a newcomer gets no more of them than this. */
const MOST_HISTORY_BYTES = 256 * 1024;

const OUTSIDE = 'you are in no room';

/** Opens the history and then the chat. */
export async function chatServer(scenario: ResolvedScenario): Promise<ServerHalf> {
  const history = await openHistory(scenario);
  const chat = new ChatServer(history, scenario.historyLast);
  return { app: chat.app, relayed: chat.relayed, history, serve: (side) => chat.serve(side) };
}

/** Rooms with members who hear of each other. On every transport they are the transport's own. */
export class ChatServer {
  readonly relayed = { messages: 0, deliveries: 0 };
  readonly #past: Past | null;
  readonly #last: number;
  readonly #membership: Membership;
  #side: ServerSide | undefined;

  readonly app: ServerHalf['app'] = {
    opened: () => undefined,
    received: (peer, message, answer = (reply: Message) => peer.send(reply)) =>
      this.#carryOut(peer, message, (reply) => answer(JSON.stringify(reply))),
    closed: (peer) => this.#goodbye(peer),
  };

  constructor(past: Past | null, last: number, most: Most = UNBOUNDED) {
    this.#past = past;
    this.#last = last;
    this.#membership = new Membership(most);
  }

  serve(side: ServerSide): void {
    this.#side = side;
  }

  #carryOut(peer: Peer, message: Message, answer: (reply: Reply) => void): void {
    const request = readRequest(message);
    const { id } = request;
    const settle = (why?: string) =>
      answer(why === undefined ? { type: 'ok', id } : { type: 'refused', id, why });
    if (request.type === 'refused') settle(request.why);
    else if (request.type === 'join') settle(this.#join(peer, { room: request.room, name: request.name }));
    else if (request.type === 'leave') settle(this.#leave(peer));
    else this.#say(peer, request.text, settle);
  }

  /** Answers why not, as the others do. */
  #join(peer: Peer, member: Member): string | undefined {
    const why = this.#membership.enter(peer, member);
    if (why !== undefined) return why;
    const { room, name } = member;
    if (this.#past === null || this.#last === 0) this.#greet(peer, member, []);
    else this.#recall(this.#past, peer, member);
    // Before it is in the room: so everybody else hears it.
    this.#tell({
      type: 'notice',
      room,
      text: `${name} has come; ${this.#membership.countIn(room)} are here`,
    });
    peer.join(placeOf(room));
    this.#list(room, peer);
    return undefined;
  }

  #leave(peer: Peer): string | undefined {
    const member = this.#membership.of(peer);
    if (member === undefined) return OUTSIDE;
    peer.leave(placeOf(member.room));
    this.#goodbye(peer);
    return undefined;
  }

  #say(peer: Peer, text: string, settle: (why?: string) => void): void {
    const member = this.#membership.of(peer);
    if (member === undefined) {
      settle(OUTSIDE);
      return;
    }
    const { room, name } = member;
    const send = () => {
      this.relayed.messages += 1;
      this.relayed.deliveries += this.#membership.countIn(room);
      this.#tell({ type: 'said', room, name, text });
      settle();
    };
    if (this.#past === null) send();
    else this.#past.keep({ room, name, text }, send);
  }

  /** The greeting follows when the store has answered, if somebody is there then to be greeted. */
  async #recall(past: Past, peer: Peer, member: Member): Promise<void> {
    const lines = await past.last(member.room, this.#last, MOST_HISTORY_BYTES);
    if (this.#membership.of(peer)?.room === member.room) this.#greet(peer, member, lines);
  }

  #greet(peer: Peer, { room, name }: Member, history: (Telling & { type: 'welcome' })['history']): void {
    const welcome: Telling = { type: 'welcome', room, text: `Welcome, ${name}`, history };
    peer.send(JSON.stringify(welcome));
  }

  /** It has left the transport's room already. */
  #goodbye(peer: Peer): void {
    const member = this.#membership.exit(peer);
    if (member === undefined) return;
    const { room, name } = member;
    this.#tell({
      type: 'notice',
      room,
      text: `${name} has left; ${this.#membership.countIn(room)} are here`,
    });
    this.#list(room);
  }

  /** Who is here now: to the room, or, where that would be too much for all, to the newcomer alone. */
  #list(room: string, newcomer?: Peer): void {
    const count = this.#membership.countIn(room);
    const list: Telling = { type: 'users', room, count, users: this.#membership.namesIn(room, MOST_LISTED) };
    if (count <= MOST_LISTED) this.#tell(list);
    else newcomer?.send(JSON.stringify(list));
  }

  #tell(telling: Telling): void {
    this.#side?.publish(placeOf(telling.room), JSON.stringify(telling));
  }
}

/** A room's name at the transport: socket.io has rooms of its own beside them, one for each client. */
function placeOf(room: string): string {
  return `room ${room}`;
}
