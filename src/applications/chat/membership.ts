import type { Peer } from '../../contracts.ts';

/** Somebody in a room. */
export interface Member {
  readonly room: string;
  readonly name: string;
}

/** How many rooms there may be, and how many people in each. */
export interface Most {
  readonly rooms: number;
  readonly members: number;
}

export const UNBOUNDED: Most = { rooms: Number.POSITIVE_INFINITY, members: Number.POSITIVE_INFINITY };

/** Who is in which room, under which name. A client is in one room at a time, and a name is somebody's alone in its room. */
export class Membership {
  readonly #members = new Map<Peer, Member>();
  readonly #names = new Map<string, Set<string>>();
  readonly #most: Most;

  constructor(most: Most) {
    this.#most = most;
  }

  /** Takes a client in; answers why not, and then nothing has changed. */
  enter(peer: Peer, member: Member): string | undefined {
    const { room, name } = member;
    const present = this.#members.get(peer);
    if (present !== undefined) return `you are in room ${present.room} already, as ${present.name}`;
    const names = this.#names.get(room);
    if (names?.has(name)) return `somebody in room ${room} is called ${name} already`;
    if (names === undefined && this.#names.size >= this.#most.rooms)
      return 'there are too many rooms already';
    if (this.countIn(room) >= this.#most.members) return `room ${room} is full`;
    this.#members.set(peer, member);
    if (names === undefined) this.#names.set(room, new Set([name]));
    else names.add(name);
    return undefined;
  }

  /** Lets a client go; answers what it was, or undefined where it was in no room. */
  exit(peer: Peer): Member | undefined {
    const member = this.#members.get(peer);
    if (member === undefined) return undefined;
    this.#members.delete(peer);
    const names = this.#names.get(member.room);
    names?.delete(member.name);
    if (names?.size === 0) this.#names.delete(member.room);
    return member;
  }

  of(peer: Peer): Member | undefined {
    return this.#members.get(peer);
  }

  countIn(room: string): number {
    return this.#names.get(room)?.size ?? 0;
  }

  /** The names in a room, in the order of their coming, but not more than `most`. */
  namesIn(room: string, most: number): string[] {
    return [...(this.#names.get(room) ?? [])].slice(0, most);
  }
}
