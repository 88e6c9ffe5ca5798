import type { Message } from '../../../contracts.ts';
import { EVENT } from '../protocol.ts';

const PACKET = /^([0-6])(?:(\d+)-)?(?:(\/[^,]*),?)?(\d+)?/;
/** The library takes no more. */
const MAX_ATTACHMENTS = 10;
const RESERVED = new Set([
  'connect',
  'connect_error',
  'disconnect',
  'disconnecting',
  'newListener',
  'removeListener',
]);

export const CONNECT = 0;
export const DISCONNECT = 1;
export const EVENT_PACKET = 2;
export const ACK = 3;
export const CONNECT_ERROR = 4;
const BINARY_EVENT = 5;
const BINARY_ACK = 6;

/** One socket.io packet; of those with attachments, what it says about them. */
export interface SocketPacket {
  readonly type: number;
  readonly namespace: string;
  readonly id: number | undefined;
  readonly data: unknown;
  readonly attachments: number;
}

/** `where` is what stands for the namespace: nothing for the first. */
export function encodeMessage(where: string, message: Message, id: number | '' = ''): Message[] {
  if (typeof message === 'string') return [`2${where}${id}["${EVENT}",${JSON.stringify(message)}]`];
  return [`51-${where}${id}["${EVENT}",{"_placeholder":true,"num":0}]`, message];
}

/** Takes a packet apart; throws where the library would find no packet in it. */
export function decodePacket(text: string): SocketPacket {
  const found = PACKET.exec(text);
  if (found === null) throw new Error('no packet of socket.io');
  const [head, digit = '', count, namespace = '/', id] = found;
  const type = Number(digit);
  const isBinary = type === BINARY_EVENT || type === BINARY_ACK;
  const attachments = isBinary ? Number(count) : 0;
  if (isBinary ? !(attachments >= 1 && attachments <= MAX_ATTACHMENTS) : count !== undefined)
    throw new Error('illegal attachments');
  const plain = type === BINARY_EVENT ? EVENT_PACKET : type === BINARY_ACK ? ACK : type;
  const data: unknown = head.length < text.length ? JSON.parse(text.slice(head.length)) : undefined;
  if (data !== undefined && !isValid(plain, data)) throw new Error('invalid payload');
  return { type: plain, namespace, id: id === undefined ? undefined : Number(id), data, attachments };
}

function isValid(type: number, data: unknown): boolean {
  if (type === CONNECT) return isRecord(data);
  if (type === CONNECT_ERROR) return isRecord(data) || typeof data === 'string';
  if (type === DISCONNECT || !Array.isArray(data)) return false;
  if (type === ACK) return true;
  const [name] = data;
  return typeof name === 'number' || (typeof name === 'string' && !RESERVED.has(name));
}

/** Whether a value is an object of JSON, with fields to be looked at. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Puts attachments where they belong; throws where one is named that is not there. */
export function fillIn(value: unknown, attachments: readonly Buffer[]): unknown {
  if (Array.isArray(value)) return value.map((part) => fillIn(part, attachments));
  if (!isRecord(value)) return value;
  const { _placeholder: isPlaceholder, num } = value;
  if (isPlaceholder === true) {
    const attachment = typeof num === 'number' ? attachments[num] : undefined;
    if (attachment === undefined) throw new Error('illegal attachments');
    return attachment;
  }
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, fillIn(part, attachments)]));
}
