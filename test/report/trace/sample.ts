import type { ByteClass, Part } from '../../../src/measurements/trace/steps.ts';
import type { Conversation, Trace } from '../../../src/measurements/trace/trace.ts';
import { HOSTILE, sampleReport } from '../sample.ts';
import { frameHeader, head, note, Script, text } from './parts.ts';

const { rounds, summaries, comparisons, precision, gates, baseline, ...COMMON } = sampleReport({
  ...{ transports: ['websocket'], rounds: 1, scenario: { clients: 1, witnesses: 0 } },
});

/** A trace as `rtbench trace` saves it. */
export function sampleTrace(...conversations: readonly Conversation[]): Trace {
  return { ...COMMON, command: ['trace'], schema: 'rtbench/trace@1', conversations };
}

const HOST = 'Host: 127.0.0.1:45123';
const ID = 'Vn3kQ0cG';
const SENT = [1, 2, 3].map((n) => `0000000${n}0000000`.padEnd(64, '.'));
const NEWS = { messages: 3, bytes: 192 };

const request = (of: ByteClass, line: string, ...fields: readonly string[]) =>
  head(of, 'request head', [`${line} HTTP/1.1`, HOST, 'Connection: keep-alive', ...fields]);
const answer = (of: ByteClass, status: string, ...fields: readonly string[]) =>
  head(of, 'response head', [
    `HTTP/1.1 ${status}`,
    ...fields,
    'Date: Sat, 21 Nov 2026 18:48:11 GMT',
    'Connection: keep-alive',
    'Keep-Alive: timeout=95',
  ]);
const payload = (what: string) => text({ class: 'payload', label: 'message', text: what });
const framing = (label: string, what: string) => text({ class: 'framing', label, text: what });

/** A client that asks and is held: two answers with a message each, one with none, and its goodbye. */
export function longpoll(rttMs = 0): Conversation {
  const script = new Script(rttMs);
  const opening = text({ class: 'handshake', label: 'answer', text: `{"id":"${ID}","next":0}` });
  script
    .mark('opened', 1, 0)
    .step(
      1,
      'up',
      0.4,
      'POST /session',
      [request('handshake', 'POST /session', 'Content-Length: 0')],
      'The client asks for a session.',
    )
    .step(1, 'down', 2.1 + rttMs / 2, '200 OK', [
      answer('handshake', '200 OK', 'Content-Length: 27'),
      opening,
    ]);
  const asked = [3 + rttMs, 110 + 2 * rttMs, 250 + 3 * rttMs];
  asked.forEach((atMs, index) => {
    const path = `/session/${ID}/${index}`;
    script.step(
      1,
      'up',
      atMs,
      `GET ${path}`,
      [request('header', `GET ${path}`)],
      'The server holds the request until it has something to say.',
    );
    if (index === 1) {
      script.step(
        1,
        'down',
        atMs + 100,
        '200 OK, nothing new',
        [answer('header', '200 OK', 'Content-Length: 2'), framing('empty list', '[]')],
        'The hold is over: an empty answer, and the client asks again.',
      );
      return;
    }
    const [message = ''] = SENT.slice(index === 0 ? 0 : 1);
    script.step(1, 'down', atMs + 80, '200 OK, 1 message', [
      answer('header', '200 OK', 'Content-Type: application/json', 'Content-Length: 85'),
      framing('envelope', '{"next":1,"messages":["'),
      payload(message),
      framing('envelope', '"]}'),
    ]);
    script.tell(atMs + 81 + rttMs / 2, `the application has message ${index + 1}`);
  });
  return script
    .step(1, 'up', 900, `DELETE /session/${ID}`, [request('handshake', `DELETE /session/${ID}`)])
    .step(1, 'down', 901 + rttMs / 2, '204 No Content', [answer('handshake', '204 No Content')])
    .mark('ended', 1, 902 + rttMs)
    .conversation('longpoll', { messages: 2, bytes: 128 });
}

const ACCEPT =
  'base64(SHA-1("dGhlIHNhbXBsZSBub25jZQ==" + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")): only a server that knows the protocol can say it';

const handshake = (path: string): [Part, Part] => [
  {
    ...request(
      'handshake',
      `GET ${path}`,
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ),
  },
  {
    ...answer('handshake', '101 Switching Protocols', 'Upgrade: websocket'),
    notes: [
      note('Upgrade', 'websocket'),
      note('Sec-WebSocket-Accept', 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=', ACCEPT),
    ],
  },
];

const MASK = [0xa1, 0xb2, 0xc3, 0xd4];

/** The handshake, a masked frame up, three down, a ping and its pong, and close frames. */
export function websocket(rttMs = 0): Conversation {
  const script = new Script(rttMs);
  const [asks, grants] = handshake('/ws');
  script
    .mark('opened', 1, 0)
    .step(1, 'up', 0.5, 'GET /ws, upgrade', [asks], 'An HTTP request that asks to leave HTTP.')
    .step(
      1,
      'down',
      2 + rttMs / 2,
      '101 Switching Protocols',
      [grants],
      'From here on both sides send frames.',
    );
  SENT.forEach((message, index) => {
    const atMs = 100 * (index + 1) + rttMs;
    script.step(1, 'down', atMs, 'text frame', [frameHeader('framing', 1, 64), payload(message)]);
    script.tell(atMs + 1 + rttMs / 2, `the application has message ${index + 1}`);
  });
  return script
    .step(1, 'up', 420, 'text frame, masked', [
      frameHeader('framing', 1, 5, MASK),
      {
        ...text({ class: 'payload', label: 'message', text: 'hello' }),
        notes: [note('masked', 'c9 d7 af b8 ce')],
      },
    ])
    .step(
      1,
      'down',
      450,
      'ping',
      [frameHeader('heartbeat', 9, 0)],
      'The server asks whether somebody is there.',
    )
    .step(1, 'up', 450.3 + rttMs / 2, 'pong', [frameHeader('heartbeat', 10, 0, MASK)])
    .step(1, 'up', 500, 'close frame', [frameHeader('handshake', 8, 0, MASK)])
    .step(1, 'down', 501 + rttMs / 2, 'close frame', [frameHeader('handshake', 8, 0)])
    .mark('ended', 1, 502 + rttMs, 'down')
    .conversation('websocket', { messages: 4, bytes: 197 });
}

const SID = 'lv_VI97HAXpY6yYWAAAB';
const packet = (of: ByteClass, label: string, what: string) => text({ class: of, label, text: what });

/** By polling over one connection, then the probe and the upgrade on another, then an event with its ack. */
export function socketio(rttMs = 0): Conversation {
  const [asks, grants] = handshake(`/socket.io/?EIO=4&transport=websocket&sid=${SID}`);
  const poll = `/socket.io/?EIO=4&transport=polling&sid=${SID}`;
  const settings = `{"sid":"${SID}","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}`;
  return new Script(rttMs)
    .mark('opened', 1, 0)
    .step(1, 'up', 1, 'GET /socket.io/?EIO=4&transport=polling', [
      request('handshake', 'GET /socket.io/?EIO=4&transport=polling&t=abc'),
    ])
    .step(1, 'down', 3 + rttMs / 2, '200 OK, engine.io open', [
      answer('handshake', '200 OK', 'Content-Length: 118'),
      packet('handshake', 'engine.io open', `0${settings}`),
    ])
    .step(1, 'up', 4 + rttMs, `POST ${poll}`, [
      request('handshake', `POST ${poll}`, 'Content-Length: 2'),
      packet('handshake', 'namespace connect', '40'),
    ])
    .mark('opened', 2, 4.5 + rttMs)
    .step(2, 'up', 5 + rttMs, 'GET /socket.io/, upgrade', [asks])
    .step(1, 'down', 6 + 1.5 * rttMs, '200 OK', [
      answer('handshake', '200 OK'),
      packet('handshake', 'body', 'ok'),
    ])
    .step(2, 'down', 8 + 1.5 * rttMs, '101 Switching Protocols', [grants])
    .step(2, 'up', 9 + 2 * rttMs, 'probe', [
      frameHeader('handshake', 1, 6, MASK),
      packet('handshake', 'ping probe', '2probe'),
    ])
    .step(2, 'down', 10 + 2.5 * rttMs, 'probe answered', [
      frameHeader('handshake', 1, 6),
      packet('handshake', 'pong probe', '3probe'),
    ])
    .step(2, 'up', 11 + 3 * rttMs, 'upgrade', [
      frameHeader('handshake', 1, 1, MASK),
      packet('handshake', 'upgrade', '5'),
    ])
    .tell(11.5 + 3 * rttMs, 'the client is on WebSocket')
    .step(2, 'down', 212, 'event "m"', [
      frameHeader('framing', 1, 74),
      framing('engine.io message', '4'),
      framing('socket.io event', '2'),
      framing('JSON', '["m","'),
      payload(SENT[0] ?? ''),
      framing('JSON', '"]'),
    ])
    .step(2, 'down', 300, 'ping', [
      frameHeader('heartbeat', 1, 1),
      packet('heartbeat', 'engine.io ping', '2'),
    ])
    .step(2, 'up', 300.5 + rttMs / 2, 'pong', [
      frameHeader('heartbeat', 1, 1, MASK),
      packet('heartbeat', 'engine.io pong', '3'),
    ])
    .mark('ended', 1, 400)
    .mark('ended', 2, 401)
    .conversation('socketio', { messages: 1, bytes: 64 });
}

/** Its network is cut: the connection is reset, silence, and it comes back on another. */
export function broken(): Conversation {
  const stream = (path: string) => [request('handshake', `GET ${path}`)];
  const event = (message: string, id: number) => [
    framing('chunk size', '4f\r\n'),
    framing('field', `id: ${id}\ndata: `),
    payload(message),
    framing('end of event', '\n\n'),
    framing('chunk end', '\r\n'),
  ];
  return new Script()
    .mark('opened', 1, 0)
    .step(1, 'up', 0.5, 'GET /stream', stream('/stream'))
    .step(1, 'down', 2, '200 OK, a stream', [answer('handshake', '200 OK', 'Transfer-Encoding: chunked')])
    .step(1, 'down', 100, 'event', event(SENT[0] ?? '', 1))
    .tell(101, 'the application has message 1')
    .fault(150, 'the link is cut for 500 ms')
    .mark('reset', 1, 150.2, 'down')
    .tell(151, 'the client notices: socket hang up')
    .tell(650, 'the fault is over')
    .mark('opened', 2, 1151)
    .step(
      2,
      'up',
      1151.5,
      'GET /stream/Vn3kQ0cG',
      stream(`/stream/${ID}`),
      'Last-Event-ID tells the server where to go on.',
    )
    .step(2, 'down', 1153, '200 OK, a stream', [answer('handshake', '200 OK', 'Transfer-Encoding: chunked')])
    .step(2, 'down', 1153.1, 'event', event(SENT[1] ?? '', 2))
    .tell(1154, 'the application has message 2')
    .step(2, 'down', 1300, 'comment', [
      packet('heartbeat', 'chunk size', '2\r\n'),
      packet('heartbeat', 'comment', ':\n'),
      packet('heartbeat', 'chunk end', '\r\n'),
    ])
    .mark('ended', 2, 1400)
    .conversation('sse', { messages: 2, bytes: 128 });
}

/** A hole swallows the request, and the goodbye of its connection. */
export function swallowed(rttMs = 0): Conversation {
  return new Script(rttMs)
    .mark('opened', 1, 0)
    .step(1, 'up', 1 + rttMs, 'GET /stream', [request('header', 'GET /stream')])
    .lose()
    .step(1, 'down', 2, 'event', [framing('field', 'data: '), payload(SENT[0] ?? '')])
    .lose()
    .mark('ended', 1, 400)
    .lose()
    .conversation('sse', { messages: 0, bytes: 0 });
}

/** Each message is an event and its attachment; the last attachment never comes. */
export function attached(): Conversation {
  const script = new Script().mark('opened', 1, 0);
  const event = [frameHeader('framing', 1, 39), framing('placeholder', '{"_placeholder":true,"num":0}')];
  for (const atMs of [100, 200, 300]) {
    script.step(1, 'down', atMs, 'event "m", its bytes follow', event);
    script.step(1, 'down', atMs + 1, 'attachment', [frameHeader('framing', 2, 64), payload(SENT[0] ?? '')]);
    if (atMs === 200) script.lose();
  }
  return script.conversation('socketio-websocket', { messages: 2, bytes: 128 });
}

/** Every text of it is what nobody should print as it is. */
export function hostile(): Conversation {
  const evil = `${HOSTILE};#"end\nrect %%{init}%%`;
  return new Script()
    .mark('opened', 1, 0)
    .step(
      1,
      'up',
      1,
      evil,
      [{ class: 'framing', label: evil, bytes: 100, text: evil, notes: [note(evil, evil, evil)] }],
      evil,
    )
    .tell(2, evil)
    .mark('reset', 1, 3)
    .conversation(evil, NEWS);
}
