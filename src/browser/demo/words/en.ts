import { chat } from './chat/en.ts';
import { cluster } from './cluster/en.ts';
import { formats } from './format.ts';

const format = formats('en');
const { count, number, bytes, time } = format;
const times = (value: number) => (value === 1 ? 'once' : `${count(value)} times`);
const of = (value: number, one: string, many = `${one}s`) => `${count(value)} ${value === 1 ? one : many}`;
const lane = {
  polling: 'Polling',
  longpoll: 'Long polling',
  streaming: 'Streaming',
  sse: 'Streaming',
  websocket: 'WebSocket',
  socketio: 'socket.io',
};
const within = {
  ...lane,
  polling: 'polling',
  longpoll: 'long polling',
  streaming: 'streaming',
  sse: 'streaming',
};
const listed = (parts: readonly string[]) => new Intl.ListFormat('en-GB').format(parts);

/** All that the page says, in English. */
export const en = {
  /** How figures are written. */
  format,
  chat,
  cluster,
  page: {
    title: 'rtbench demo',
    lead: 'The same events, by five ways, at once.',
    tabs: 'What is shown',
    skip: 'Skip to the content',
    language: 'Language',
    theme: 'Colours',
    themes: { system: 'System', light: 'Light', dark: 'Dark' },
    connecting: 'Looking for the demo …',
    lost: 'The demo is not there any more. Looking for it …',
    version: (version: string) => `rtbench ${version}`,
    visitors: (visitors: number) => `${of(visitors, 'visitor')} here`,
  },
  lanes: {
    tab: 'Lanes',
    heading: 'Five ways at work',
    name: lane,
    idea: {
      polling: 'Asks again and again whether there is something new.',
      longpoll: 'Asks once; the server answers when there is something.',
      streaming: 'One answer that never ends; each event is a line of it.',
      sse: 'One answer that never ends; the browser takes events from it.',
      websocket: 'One connection on which both may speak at any time.',
      socketio: 'Polls first, goes over to WebSocket, comes back by itself.',
    },
    picture: (name: string) =>
      `${name}, the last ten seconds: the server above, the browser below; bars are requests, slanted lines are messages on their way.`,
    server: 'server',
    browser: 'browser',
    state: {
      connecting: (carrying: string) => `connecting · ${carrying}`,
      open: (carrying: string) => carrying,
      lost: () => 'reconnecting …',
      closed: () => 'closed',
    },
    carrying: {
      polling: 'polling',
      longpoll: 'long polling',
      streaming: 'streaming',
      sse: 'streaming, SSE',
      websocket: 'websocket',
    },
    way: 'Way of streaming',
    ways: { streaming: 'fetch', sse: 'EventSource' },
    latency: 'latency now',
    none: '–',
    minute: (ms: number) => `last minute: ${time(ms)}`,
    noMinute: 'no message yet',
    requests: 'requests',
    empty: (value: number) => `${count(value)} in vain`,
    up: 'up',
    down: 'down',
    perMessage: 'per message',
    cpu: 'server CPU',
    received: 'received',
    lost: 'lost',
    together: (visitors: number) => `Requests, bytes and CPU: all ${count(visitors)} visitors together`,
    saying: (name: string) => `Say something by ${name}`,
    say: 'Say',
    placeholder: 'Say something …',
  },
  controls: {
    heading: 'Controls',
    eventsPerSecond: 'Events',
    payloadBytes: 'Size of an event',
    pollIntervalMs: 'Poll interval',
    rttMs: 'Added round trip',
    value: {
      eventsPerSecond: (value: number) => (value === 0 ? 'none' : `${number(value)} / s`),
      payloadBytes: bytes,
      pollIntervalMs: time,
      rttMs: (value: number) => (value === 0 ? 'none' : `+${time(value)}`),
    },
    toggle: {
      cut: { on: 'Cut the network', off: 'Restore the network' },
      block: { on: 'Block WebSocket', off: 'Allow WebSocket' },
    },
    restart: 'Restart the server',
    restarting: 'Restarting …',
    mayNot:
      'Only who opened the printed address with its token may control. You can watch, and say something.',
    refused: (why: string) => `Refused: ${why}`,
  },
  scoreboard: {
    heading: 'What has just happened',
    earlier: 'Before that',
    begin: 'All five are connecting.',
    pollingAsked: (asked: number, messages: number) =>
      `Polling has asked ${times(asked)} for ${of(messages, 'message')}.`,
    longpollHangs: (sinceMs: number) =>
      sinceMs < 1_500
        ? 'Long polling waits: its request hangs until there is something to tell.'
        : `Long polling waits: 1 request hangs since ${time(sinceMs)}.`,
    longpollAsks: (asked: number, messages: number) =>
      `Long polling has asked ${times(asked)} for ${of(messages, 'message')}: once again after each answer.`,
    streamFlows: (messages: number) => `Streaming: ${of(messages, 'message')} came, and nobody asked again.`,
    weighs: (polling: number, websocket: number) =>
      `A message costs ${bytes(polling)} by polling and ${bytes(websocket)} by WebSocket.`,
    later: (polling: number, websocket: number) =>
      `Polling hears of an event after ${time(polling)}, WebSocket after ${time(websocket)}.`,
    quiet: (empty: number) => `Nothing happens, and polling has asked ${times(empty)} in vain.`,
    upgraded: 'socket.io began by polling and has gone over to WebSocket.',
    fellBack: 'socket.io fell back to polling because WebSocket is blocked.',
    blocked: 'WebSocket is blocked: the raw WebSocket cannot come through, and nobody helps it.',
    unblocked: (isSocketioPolling: boolean): string =>
      isSocketioPolling
        ? 'WebSocket is allowed again; socket.io stays on polling until it connects anew.'
        : 'WebSocket is allowed again.',
    blockCost: (lost: number) => `The block cost the raw WebSocket ${of(lost, 'message')}.`,
    cut: 'The network is cut.',
    mended: 'The network is back, and whoever was cut off connects again.',
    restored: (cutMs: number, published: number, lost: readonly (readonly [keyof typeof lane, number])[]) => {
      const began = `The network was cut for ${time(cutMs)}; `;
      const losers = lost.filter(([, messages]) => messages > 0);
      const others = lost.filter(([, messages]) => messages === 0).map(([name]) => within[name]);
      if (losers.length === 0) return `${began}nobody lost a message.`;
      const told = losers.map(([name, messages]) => {
        const why = messages > published ? ' (some after the cut, until it was back)' : '';
        return `${within[name]} lost ${count(messages)}${why}`;
      });
      return `${began}${listed(told)}${others.length > 0 ? `; ${listed(others)} none` : ''}.`;
    },
    restarting: 'The server is restarting: every connection is gone.',
    restarted: 'The server is back, and so is everybody who comes back.',
  },
  tour: {
    label: 'Tour',
    greeting: 'Hello, everybody',
    chapter: {
      'polling-wastes': {
        title: 'Polling wastes',
        words:
          'It asks every second, and nearly every answer is empty: the pale bars. What happens meanwhile comes late.',
      },
      'longpoll-waits': {
        title: 'Long polling waits',
        words:
          'Its request hangs until there is something to tell. No empty answers; but after each answer it has to ask again.',
      },
      'streaming-flows': {
        title: 'Streaming flows',
        words: 'One request, one answer that never ends. Events come one after the other, in one direction.',
      },
      'websocket-both-ways': {
        title: 'WebSocket speaks both ways',
        words: 'After one handshake both sides may speak at any time, with a few bytes around each message.',
      },
      'socketio-recovers': {
        title: 'socket.io recovers',
        words: 'WebSocket blocked, the network cut: it falls back to polling, and comes back by itself.',
      },
      end: {
        title: 'Your turn',
        words: 'Move the controls, cut the network, say something.',
      },
    },
  },
};

/** What every language says. */
export type Words = typeof en;
