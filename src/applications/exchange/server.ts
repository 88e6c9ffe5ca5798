import type { Message, Peer, ServerSide } from '../../contracts.ts';
import type { ResolvedScenario } from '../../measurements.ts';
import { type Stamp, sourceOf } from '../../message.ts';
import { refused } from '../admission.ts';
import type { ServerHalf } from '../application.ts';
import { reply } from '../plain.ts';
import { SlowLane } from './slow-lane.ts';
import { Rota } from './symbols.ts';
import { readSubscription, subscribed } from './talk.ts';
import { type Update, updateMaker } from './update.ts';

/** A symbol, once somebody has followed it. */
interface Listed {
  readonly followers: Set<Peer>;
  /** Of its next update. */
  number: number;
}

/** Publishes updates of symbols, each to those who follow it; a symbol is a room. */
export class ExchangeServer implements ServerHalf {
  readonly app: ServerHalf['app'];
  readonly #scenario: ResolvedScenario;
  readonly #make: (update: Update) => Message;
  readonly #slowLane: SlowLane | undefined;
  readonly #symbols = new Map<number, Listed>();
  readonly #following = new Map<Peer, Set<number>>();
  /** Of the symbols with followers; undefined once those have changed. */
  #rota: Rota | undefined;

  constructor(scenario: ResolvedScenario) {
    this.#scenario = scenario;
    this.#make = updateMaker(scenario);
    this.app = {
      opened: (peer) => void this.#following.set(peer, new Set()),
      received: (peer, message, answer) => {
        reply(peer, this.#subscribe(peer, message), answer);
      },
      closed: (peer) => this.#forget(peer),
    };
    if (!scenario.conflate) return;
    const slowLane = new SlowLane();
    this.#slowLane = slowLane;
    this.app.freed = (peer) => {
      for (const update of slowLane.release(peer)) peer.send(this.#make(update));
    };
  }

  publish(side: ServerSide, { sequence, dueUs }: Stamp, conflated: (dueUs: number) => void): number {
    this.#rota ??= new Rota(this.#followed(), this.#scenario.seed);
    const name = this.#rota.at(sequence);
    const symbol = name === undefined ? undefined : this.#symbols.get(name);
    if (name === undefined || symbol === undefined) return 0;
    const stamp = { source: sourceOf(name), sequence: symbol.number++, dueUs };
    const message = this.#make({ stamp, sinceUs: dueUs });
    const { followers } = symbol;
    if (this.#slowLane === undefined || !someSlow(followers, this.#slowLane)) {
      side.publish(String(name), message);
      return followers.size;
    }
    for (const peer of followers) {
      if (this.#slowLane.isFor(peer)) {
        const replacedUs = this.#slowLane.hold(peer, name, stamp);
        if (replacedUs !== undefined) conflated(replacedUs);
      } else {
        peer.send(message);
      }
    }
    return followers.size;
  }

  /** All of a subscription or nothing of it; what the client follows already it goes on following. */
  #subscribe(peer: Peer, message: Message): string {
    const mine = this.#following.get(peer);
    if (mine === undefined) return refused('the connection is over');
    const wanted = readSubscription(message, this.#scenario.symbols);
    if (typeof wanted === 'string') return refused(wanted);
    for (const name of wanted) {
      mine.add(name);
      this.#listed(name).followers.add(peer);
      peer.join(String(name));
    }
    return subscribed(mine.size);
  }

  #forget(peer: Peer): void {
    for (const name of this.#following.get(peer) ?? []) this.#symbols.get(name)?.followers.delete(peer);
    this.#following.delete(peer);
    this.#slowLane?.release(peer);
    this.#rota = undefined;
  }

  #listed(name: number): Listed {
    let symbol = this.#symbols.get(name);
    if (symbol === undefined) {
      symbol = { followers: new Set(), number: 0 };
      this.#symbols.set(name, symbol);
    }
    if (symbol.followers.size === 0) this.#rota = undefined;
    return symbol;
  }

  #followed(): number[] {
    return [...this.#symbols].flatMap(([name, { followers }]) => (followers.size > 0 ? [name] : []));
  }
}

function someSlow(followers: Iterable<Peer>, slowLane: SlowLane): boolean {
  for (const peer of followers) if (slowLane.isFor(peer)) return true;
  return false;
}
