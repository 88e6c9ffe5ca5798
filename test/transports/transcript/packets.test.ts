import { expect, it } from 'vitest';
import type { Annotated, Message } from '../../../src/contracts.ts';
import { socketio, socketioPolling, socketioWebsocket } from '../../../src/transports/socketio/index.ts';
import { arrived, type Host, serve, until } from '../harness.ts';
import { annotateOf, bytesIn, checked, lines, type Recording, record, weightOf } from './recording.ts';

const annotate = await annotateOf(socketio);

function stepsOf({ connections }: Recording): Annotated[] {
  return connections.flatMap((sent) => checked(annotate, sent));
}

function answerWith(host: Host, reply: Message): void {
  host.app.received = (peer, message, answer?: (reply: Message) => void) => {
    host.app.inbox.push({ peer, message });
    answer?.(reply);
  };
}

/** What a part of a step says beside its bytes. */
function noted(steps: readonly Annotated[], title: string): Record<string, string> {
  const notes = steps.find((step) => step.title === title)?.parts.flatMap((part) => part.notes) ?? [];
  return Object.fromEntries(notes.map(({ name, value }) => [name, value]));
}

it('an event, its ack id and its ack, a namespace beside, a heartbeat', async () => {
  const host = await serve(socketioWebsocket, { heartbeatMs: 100 });
  answerWith(host, 'ok');
  const recording = await record(host.url);
  const { connection, inbox } = await host.connect({}, recording.url);
  connection.ask?.('question');
  await arrived(inbox, 1);
  await connection.beside?.('7', { message: () => {}, closed: () => {} });
  host.side.publish('all', 'x'.repeat(64));
  await arrived(inbox, 2);
  const beat = (steps: readonly Annotated[]) => steps.filter(({ title }) => /ping|pong/.test(title));
  await until('a heartbeat', () => beat(stepsOf(recording)).length > 1);
  await host.close();
  await recording.close();
  const steps = stepsOf(recording);
  const said = (line: string) => lines(steps).filter((one) => one.includes(line));
  // |JSON| + |event name| + 7 and the id's digits, in a masked frame.
  expect(said('to be answered')).toEqual([
    '→ engine.io message · socket.io event "m", to be answered as 0 | framing frame header 6, framing engine.io type 1, framing socket.io head 2, framing event name 6, payload message 8, framing punctuation 2',
  ]);
  expect(said('ack 0')).toEqual([
    '← engine.io message · socket.io ack 0 | framing frame header 2, framing engine.io type 1, framing socket.io head 2, framing arguments 2, payload message 2, framing punctuation 2',
  ]);
  expect(said('connect in /7')).toEqual([
    '→ engine.io message · socket.io connect in /7 | handshake frame header 6, handshake engine.io type 1, handshake socket.io head 4',
    expect.stringMatching(
      /^← engine.io message · socket.io connect in \/7 \| handshake frame header 2, .* settings 30$/,
    ),
  ]);
  const title = 'engine.io message · socket.io event "m"';
  const down = steps.filter((step) => step.title.startsWith(title) && step.way === 'down');
  // The namespace beside is in the room too, and its name is on the wire: `/7,`.
  expect(down.map(weightOf).toSorted()).toEqual([2 + 66 + 1 + 7, 2 + 66 + 1 + 7 + 3]);
  expect(beat(steps).slice(0, 2).map(weightOf)).toEqual([3, 7]);
  expect(bytesIn(beat(steps), 'heartbeat')).toBe(beat(steps).reduce((sum, step) => sum + weightOf(step), 0));
});

it("engine.io's settings, the probe and the upgrade", async () => {
  const host = await serve(socketio);
  const recording = await record(host.url);
  const { connection } = await host.connect({}, recording.url);
  await until('the upgrade', () => connection.carrying === 'websocket');
  await host.close();
  await recording.close();
  const steps = stepsOf(recording);
  expect(noted(steps, 'answer 200: engine.io open')).toMatchObject({
    sid: expect.stringMatching(/^[\w-]{20}$/),
    upgrades: '["websocket"]',
    pingInterval: '25000',
    pingTimeout: '20000',
    maxPayload: '4195328',
  });
  const probing = steps
    .map(({ way, title }) => `${way} ${title}`)
    .filter((one) => /probe|upgrade$/.test(one));
  expect(probing.toSorted()).toEqual([
    'down engine.io answer to the probe',
    'up engine.io probe',
    'up engine.io upgrade',
  ]);
  // Nothing was said but what opens and closes.
  expect(bytesIn(steps, 'handshake')).toBe(steps.reduce((sum, step) => sum + weightOf(step), 0));
});

it('packets that share an answer, with a byte between them, and bytes in base64', async () => {
  const host = await serve(socketioPolling);
  const recording = await record(host.url);
  const { inbox } = await host.connect({}, recording.url);
  for (const message of ['one', 'two', 'three', new Uint8Array(64)]) host.side.publish('all', message);
  await arrived(inbox, 4);
  await host.close();
  await recording.close();
  const steps = stepsOf(recording);
  const answers = steps
    .map(({ parts }) => parts.filter((part) => part.class === 'framing' || part.class === 'payload'))
    .filter((parts) => parts.some((part) => part.class === 'payload'));
  const packets = [
    '42["m","one"]',
    '42["m","two"]',
    '42["m","three"]',
    '451-["m",{"_placeholder":true,"num":0}]',
  ];
  const attachment = 'b'.length + 4 * Math.ceil(64 / 3);
  const separators = packets.length + 1 - answers.length;
  expect(separators).toBeGreaterThan(0);
  const total = answers.reduce((sum, parts) => sum + weightOf({ parts }), 0);
  expect(total).toBe(packets.join('').length + attachment + separators);
  const own = answers.flat().filter((part) => part.class === 'payload');
  expect(own.map(({ bytes }) => bytes)).toEqual([3, 3, 5, 64]);
  expect(steps.some(({ title }) => /\d × engine.io message · socket.io event "m"/.test(title))).toBe(true);
});

it('what is no packet, and what is cut off', () => {
  const answer = (body: string, length = body.length) =>
    checked(annotate, [
      { way: 'up', bytes: Buffer.from('GET /socket.io/?EIO=4&transport=polling&sid=x HTTP/1.1\r\n\r\n') },
      { way: 'down', bytes: Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\n${body}`) },
    ])[1];
  expect(answer('9x')?.title).toBe('answer 200: 2 bytes not understood');
  expect(answer('4x')?.title).toBe('answer 200: engine.io message · no packet of socket.io');
  expect(answer('42{')?.parts.at(-1)).toMatchObject({ class: 'framing', label: 'not understood', bytes: 1 });
  expect(answer('b%%%')?.parts.at(-1)).toMatchObject({ class: 'framing', label: 'not understood', bytes: 4 });
  const cut = answer('42["m","hal', 20);
  expect(cut?.title).toBe(
    'answer 200: engine.io message · socket.io event "m", cut off after 11 of 20 bytes',
  );
  const object = answer('42["said",{"by":"me"},7]');
  expect(object?.parts.filter((part) => part.class === 'payload').map(({ text }) => text)).toEqual([
    '{"by":"me"}',
    '7',
  ]);
});

it('a refused session', () => {
  const steps = checked(annotate, [
    {
      way: 'up',
      bytes: Buffer.from(
        'POST /socket.io/?EIO=4&transport=polling&sid=x HTTP/1.1\r\nContent-Length: 1\r\n\r\n3',
      ),
    },
    {
      way: 'down',
      bytes: Buffer.from('HTTP/1.1 400 Bad Request\r\nContent-Length: 14\r\n\r\n{"message":""}'),
    },
  ]);
  expect(steps[1]?.title).toBe('answer 400: {"message":""}');
  expect(bytesIn(steps, 'payload')).toBe(0);
});
