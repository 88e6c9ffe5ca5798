/** `lost` is a connection that broke and is being made again. */
export type Phase = 'connecting' | 'open' | 'lost' | 'closed';

/** What one client tells while it is at work. */
export interface ClientEvents {
  /** A request for messages went off. */
  asked(id: number): void;
  /** It came back with so many messages; null where it broke off. */
  answered(id: number, messages: number | null): void;
  /** What carries the messages now: the transport's name, of socket.io the name of its carrier. */
  state(phase: Phase, carrying: string): void;
  message(text: string): void;
}

export interface ClientOptions {
  /** Asked before each poll. */
  pollIntervalMs(): number;
}

/** A client at work, until it is closed. */
export interface Client {
  /** What is said while a connection is lost goes off later, but over a raw WebSocket: there nobody keeps it. */
  send(text: string): void;
  close(): void;
}

/** Connects by one transport to what is served below `base`. */
export type Connect = (base: URL, events: ClientEvents, options: ClientOptions) => Client;
