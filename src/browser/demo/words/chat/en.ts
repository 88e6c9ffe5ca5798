import type { Remark } from '../../chat/visit/room.ts';
import type { Notice, Refusal } from '../../chat/visit/why.ts';

const REFUSALS: Readonly<Record<Exclude<Refusal['type'], 'other'>, (limit: number) => string>> = {
  inside: () => 'You are in a room already.',
  outside: () => 'The server had forgotten you; you are joining again.',
  taken: () => 'Somebody in this room has that name already. Choose another one.',
  'rooms-many': () => 'There are too many rooms already. Choose one of the others.',
  'room-full': () => 'This room is full. Choose another one.',
  'room-empty': () => 'A room needs a name.',
  'name-empty': () => 'Say what you are called.',
  'room-long': (limit) => `A room’s name has at most ${limit} characters.`,
  'name-long': (limit) => `A name has at most ${limit} characters.`,
  'room-unfit': () => 'A room’s name has no control characters.',
  'name-unfit': () => 'A name has no control characters.',
  'text-empty': () => 'There is nothing to send.',
  'text-bytes': (limit) => `A message has at most ${limit} bytes.`,
  'text-long': (limit) => `A message has at most ${limit} characters.`,
  'too-fast': () => 'Not so fast: wait a moment and send it again.',
};

/** The chat's tab, in English. */
export const chat = {
  tab: 'Chat',
  title: 'A chat by six transports',
  lead: 'Everybody comes by the transport of their choice, and all share a room. Open this page in a second tab or on a phone, and choose another one there.',
  form: {
    name: 'Your name',
    room: 'Room',
    rooms: ['lobby', 'stage', 'café', '서울'],
    transport: 'Transport',
    join: 'Join',
    joining: 'Joining …',
  },
  names: {
    polling: 'Polling',
    longpoll: 'Long polling',
    streaming: 'Streaming',
    sse: 'Server-sent events',
    websocket: 'WebSocket',
    socketio: 'socket.io',
  },
  /** What each does for a chat. */
  manners: {
    polling: 'asks again and again',
    longpoll: 'asks once, the server waits with its answer',
    streaming: 'one answer that never ends',
    sse: 'the browser’s EventSource',
    websocket: 'one connection, both ways',
    socketio: 'polling first, then WebSocket',
  },
  room: {
    conversation: 'Conversation',
    people: 'People',
    more: (more: number) => `and ${more} more`,
    you: 'you',
    count: (count: number) => (count === 1 ? '1 person here' : `${count} people here`),
    by: 'You are here by',
    leave: 'Leave',
    copy: 'Copy link',
    copied: 'Copied',
    nobody: 'Nobody has said anything yet.',
    newest: 'To the newest',
  },
  presence: { joining: 'joining', in: 'connected', returning: 'reconnecting', out: 'not connected' },
  box: {
    label: 'Message',
    placeholder: 'Say something',
    send: 'Send',
    hint: 'Enter sends, Shift+Enter begins a new line.',
    sending: (count: number) => (count === 1 ? 'On its way …' : `${count} messages on their way …`),
    notSent: (text: string) => `Not sent: “${text}”`,
  },
  notice(notice: Notice): string {
    if (notice.type === 'other') return notice.text;
    return `${notice.name} has ${notice.type === 'came' ? 'come' : 'left'}`;
  },
  refusal: (refusal: Refusal): string =>
    refusal.type === 'other' ? refusal.text : REFUSALS[refusal.type](refusal.limit),
  remark: sayRemark,
  history: 'Said before you came',
  missed: 'said while you were away',
  took: (ms: number) => `heard after ${seconds(ms)}`,
  price: {
    title: 'What your transport does for this',
    asked: 'requests',
    empty: 'of them in vain',
    heard: 'messages',
    sentence: (asked: number, empty: number, heard: number) =>
      `You have asked ${asked} ${asked === 1 ? 'time' : 'times'} for ${heard} ${heard === 1 ? 'message' : 'messages'}, ${empty} ${empty === 1 ? 'time' : 'times'} in vain.`,
    pushed: (heard: number) =>
      `Nobody asks here: the server has pushed ${heard} ${heard === 1 ? 'message' : 'messages'} to you over one connection.`,
  },
};

function sayRemark(remark: Remark): string {
  switch (remark.type) {
    case 'lost':
      return 'The connection is lost. Coming back by itself …';
    case 'switching':
      return `Going on by ${chat.names[remark.to]}`;
    case 'back':
      if (remark.missed === null) return 'Back. More may have been said meanwhile than the server remembers.';
      return remark.missed === 0
        ? 'Back. Nothing was said meanwhile.'
        : `Back. ${remark.missed === 1 ? 'One message was' : `${remark.missed} messages were`} said meanwhile:`;
    case 'forgotten':
      return 'Back. The server was started anew and remembers nothing: what was said meanwhile is lost.';
    case 'resumed':
      return 'Back. You kept your place, and the transport brings what you missed.';
    case 'unconfirmed':
      return `This may not have arrived: “${remark.text}”`;
  }
}

function seconds(ms: number): string {
  return ms < 1000 ? `${Math.max(1, Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** What the chat says in every language. */
export type ChatWords = typeof chat;
