import type { Message } from '../../contracts.ts';

/** How one node's messages reach the others. */
export interface Bus {
  /** Sends it to the other nodes; never throws and waits for nothing. */
  publish(room: string, message: Message): void;
  close(): void;
}

/** What a node does with a message that another one published. */
export type Heard = (room: string, message: Message) => void;
