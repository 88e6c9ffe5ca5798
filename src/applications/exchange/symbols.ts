import type { ResolvedScenario } from '../../measurements.ts';
import { seededRandom } from '../../stats/random.ts';

type Market = Pick<ResolvedScenario, 'symbols' | 'subscriptions' | 'seed'>;

/** Which symbols each client follows: seeded and distinct, the k-th most popular one with a weight of 1/k (Zipf). */
export class Interests {
  /** How many symbols each client follows: never more than there are. */
  readonly each: number;
  readonly #market: Market;
  /** Sums of the weights up to each symbol. */
  readonly #sums: Float64Array;

  constructor(market: Market) {
    this.#market = market;
    this.each = Math.min(market.subscriptions, market.symbols);
    this.#sums = new Float64Array(market.symbols);
    let sum = 0;
    for (let symbol = 0; symbol < market.symbols; symbol++) {
      sum += 1 / (symbol + 1);
      this.#sums[symbol] = sum;
    }
  }

  /** What the client of that number follows. */
  of(client: number): ReadonlySet<number> {
    const { seed, symbols } = this.#market;
    const random = seededRandom(Math.imul(seed + 1, 0x9e3779b1) ^ client);
    const total = this.#sums[symbols - 1] ?? 0;
    const chosen = new Set<number>();
    while (chosen.size < this.each) chosen.add(this.#at(random() * total));
    return chosen;
  }

  /** How many symbols are followed by any of so many clients. */
  followed(clients: number): number {
    const all = new Set<number>();
    for (let client = 0; client < clients; client++) for (const symbol of this.of(client)) all.add(symbol);
    return all.size;
  }

  /** The first symbol whose sum is above `point`. */
  #at(point: number): number {
    let [low, high] = [0, this.#sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sums[middle] ?? 0) > point) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** Which symbol each update is about: all that are followed in turn, each turn in an order drawn anew, so that every client is due the same. */
export class Rota {
  readonly #followed: Uint32Array;
  readonly #seed: number;
  /** This turn's order up to the last place asked for; behind that, what is still to come. */
  readonly #order: Uint32Array;

  constructor(followed: Iterable<number>, seed: number) {
    // Ascending, so that nothing depends on who came first.
    this.#followed = Uint32Array.from(followed).sort();
    this.#order = this.#followed.slice();
    this.#seed = Math.imul(seed + 1, 0x85ebca6b);
  }

  /** Asked for one place of the schedule after the other; undefined where nothing is followed. */
  at(place: number): number | undefined {
    const order = this.#order;
    const index = place % order.length;
    if (index === 0) order.set(this.#followed);
    const drawn = index + Math.floor(seededRandom(this.#seed ^ place)() * (order.length - index));
    const symbol = order[drawn];
    order[drawn] = order[index] ?? 0;
    order[index] = symbol ?? 0;
    return symbol;
  }
}
