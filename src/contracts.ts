import type { Server as HttpServer } from 'node:http';
import type { ServerOptions } from 'socket.io';
import type { ByteClass, Direction, Note, Part, TraceStep } from './measurements/trace/steps.ts';
import type { Prediction, TransportSettings } from './measurements.ts';

export type { ByteClass, Direction, Note, Part, Prediction, TraceStep };

/** The five strategies; `compare` without arguments runs one transport of each. */
export type Family = 'polling' | 'longpoll' | 'streaming' | 'websocket' | 'socketio';

/** What an application sends: text or bytes, never anything that a transport must interpret. */
export type Message = string | Uint8Array;

/** Settings that both halves of a transport read; every value is resolved before a round starts. */
export interface TransportOptions extends TransportSettings {
  /** Unsent bytes a server keeps for one client before it drops that client. */
  readonly maxBufferBytes: number;
  /** The largest message either side accepts. */
  readonly maxMessageBytes: number;
  /** How much a polling server remembers of each room. */
  readonly logMessages: number;
  readonly logBytes: number;
}

/** What one synthetic client brings besides the options that all share. */
export interface ClientOptions extends TransportOptions {
  /** Source address to bind, so that many clients do not run out of ports. */
  readonly localAddress?: string;
  /** PEM of the certificate to trust, for `https:` URLs. */
  readonly ca?: string;
  /** Seeded, in [0, 1): phases and back-off. */
  readonly random: () => number;
  /** Gives the attempt to connect up; once that has succeeded it does nothing. */
  readonly signal?: AbortSignal;
}

/** A round's work as a model needs it: what was resolved, and what was realised. */
export interface Workload {
  readonly clients: number;
  /** Messages that each client was due per second of the window. */
  readonly ratePerSecond: number;
  readonly arrivals: 'periodic' | 'poisson';
  readonly payloadBytes: number;
  readonly payloadKind: 'text' | 'binary';
  /** The number that the window's first message has on its server, and how many follow in the window, itself included. */
  readonly firstNumber: number;
  readonly messages: number;
  readonly windowMs: number;
  readonly options: TransportOptions;
  /** What one delivery costs the server: the k-th client of a broadcast waits for k of them. */
  readonly serverUsPerMessage: number;
  /** How old the server is at the window's end: until then no connection has seen a later heartbeat. */
  readonly serverAgeMs: number;
  /** How long the harness's server keeps an idle connection; its answers say so. */
  readonly keepAliveMs: number;
}

/** The way between clients and server. */
export interface Link {
  readonly rttMs: number;
  readonly jitterMs: number;
  /** Each way, for each client; 0 where nothing limits it. */
  readonly bandwidthBitsPerSecond: number;
}

/** What socket.io's servers reach each other by. */
export type SocketioAdapter = NonNullable<ServerOptions['adapter']>;

/** One way to carry messages. Its halves load lazily, so a driver never loads server code. */
export interface Transport {
  readonly name: string;
  readonly family: Family;
  readonly summary: string;
  /** What a healthy client's connection reports as `carrying` once it has settled. */
  readonly carries: string;
  /** True where a client that lost its connection gets what it missed. */
  readonly resumes: boolean;
  /** Sockets that one receiving client holds once it has settled; decides what the fd limit allows. */
  readonly socketsPerClient: number;
  /** Sockets besides, for a client that sends something too, where that takes a line of its own. */
  readonly socketsToSend?: number;
  /** How long after connecting the traffic needs to be stationary, and a message at most to arrive. */
  settleMs(options: TransportOptions): number;
  /** How often a client that is sent nothing is heard from, or hears a sign of life. */
  beatMs(options: TransportOptions): number;
  /** Its library has adapters of its own for several servers, and takes one; for the others the harness passes on what is published. */
  readonly takesAdapter?: true;
  server(adapter?: SocketioAdapter): Promise<Attach>;
  /** The client that a user would run. */
  client(): Promise<Connect>;
  /** The same on the wire at a fraction of the CPU, over bare sockets: what a crowd is made of. */
  leanClient(): Promise<Connect>;
  /** The closed forms: what must be measured if nothing but the protocol and the distance counts. */
  model?(work: Workload, link: Link): Prediction;
  /** How to take apart what crossed its connections. */
  annotate(): Promise<Annotate>;
}

/** What one side of a TCP connection sent in one go. */
export interface Sent {
  readonly way: Direction;
  readonly bytes: Uint8Array;
}

/** Takes apart all that crossed one TCP connection, in the order it came: every byte is in one part of one step. */
export type Annotate = (sent: readonly Sent[]) => readonly Annotated[];

/** A step, and which of what was sent, by its place, held its last byte: then it was there. */
export interface Annotated extends TraceStep {
  readonly piece: number;
}

/** The harness gives the http.Server; the transport attaches to it and serves `app`. */
export type Attach = (http: HttpServer, app: App, options: TransportOptions) => ServerSide;

/** The server half of a transport as the workload sees it. */
export interface ServerSide {
  publish(room: string, message: Message): void;
  close(): Promise<void>;
}

/** The application, written once and served by every transport. */
export interface App {
  opened(peer: Peer): void;
  /** `answer` is there where the client asked and the transport has a way of its own to answer: to be called once, now or later. */
  received(peer: Peer, message: Message, answer?: (reply: Message) => void): void;
  closed(peer: Peer, why: string): void;
  /** Told when a client that was busy, or may have been, can be sent to again; absent where nothing is held back for it. */
  freed?(peer: Peer): void;
  /** Told by request-based transports for each answer: how many messages it carried. */
  answered(messages: number): void;
}

/** One connected client as the application sees it. */
export interface Peer {
  readonly id: string;
  join(room: string): void;
  leave(room: string): void;
  send(message: Message): void;
  /** Whether what is sent now would wait behind what the client has not read, or for its next request. */
  readonly isBusy: boolean;
  /** Ends its connection at once; the application is told by `closed`, as of every end. */
  drop(why: string): void;
}

/** Opens one connection; resolves when the client can receive, rejects with a RtbenchError. */
export type Connect = (url: URL, events: ClientEvents, options: ClientOptions) => Promise<Connection>;

/** What a connection tells its client. */
export interface ClientEvents {
  message(message: Message): void;
  /**
   * Takes a message as bytes lent from a read buffer, whole and unescaped: lean clients call it instead of `message`
   * wherever they can. Absent where what is said matters, not only its stamp and its length.
   */
  skim?(bytes: Buffer, start: number, end: number): void;
  /** Called at most once, when the connection is over and was not closed from this side. */
  closed(why: string): void;
  /** The connection broke, and the transport itself tries to come back; told once until it has. */
  interrupted?(why: string): void;
  /** It is back; `whole` where it gets what it missed. */
  resumed?(whole: boolean): void;
}

/** The client half of one open connection. */
export interface Connection {
  send(message: Message): void;
  /** Sends what is to be answered, where the transport has a way of its own for it; the answer arrives as a message. */
  ask?(message: Message): void;
  /** Opens another connection with a name of its own over the same sockets; absent where the transport knows no such thing. */
  beside?(name: string, events: ClientEvents): Promise<Connection>;
  close(): Promise<void>;
  /** Ends it as a crash would: no goodbye, and nothing more is told to its client; resolves when no socket is left. */
  cut(): Promise<void>;
  /** What moves the messages now, e.g. 'websocket' after an upgrade. */
  readonly carrying: string;
}
