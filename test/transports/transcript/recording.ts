import { connect, createServer, type Socket } from 'node:net';
import { expect } from 'vitest';
import type { Annotate, Annotated, ByteClass, Direction, Sent, Transport } from '../../../src/contracts.ts';
import { BYTE_CLASSES } from '../../../src/measurements/trace/steps.ts';
import { listen } from '../harness.ts';

/** Stands between client and server and keeps what crosses, for each connection in the order in which they came. */
export interface Recording {
  readonly url: URL;
  readonly connections: readonly Sent[][];
  close(): Promise<void>;
}

export async function record(target: URL): Promise<Recording> {
  const connections: Sent[][] = [];
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    const sent: Sent[] = [];
    connections.push(sent);
    const far = connect({ port: Number(target.port), host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    const pass = (way: Direction, from: Socket, to: Socket) => {
      sockets.add(from);
      from.on('data', (bytes: Buffer) => {
        sent.push({ way, bytes: Buffer.from(bytes) });
        to.write(bytes);
      });
      from.on('end', () => to.end());
      from.on('error', () => {});
      from.on('close', () => to.destroy());
    };
    pass('up', near, far);
    pass('down', far, near);
  });
  const port = await listen(server);
  return {
    url: new URL(`http://127.0.0.1:${port}/`),
    connections,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function annotateOf(transport: Transport): Promise<Annotate> {
  return transport.annotate();
}

/** Takes it apart, and holds it to what every annotation promises. */
export function checked(annotate: Annotate, sent: readonly Sent[]): readonly Annotated[] {
  const steps = annotate(sent);
  let last = 0;
  for (const { piece, way, title, parts } of steps) {
    if (piece < last || sent[piece]?.way !== way) expect.fail(`${title} in piece ${piece} after ${last}`);
    last = piece;
    if (title === '' || parts.length === 0) expect.fail(`a step of nothing: ${title}`);
    for (const part of parts) expectPart(part);
    expectPrintable(title);
  }
  for (const way of ['up', 'down'] as const) {
    let [said, came] = [0, 0];
    const ends = sent.map((piece) => {
      if (piece.way === way) came += piece.bytes.length;
      return came;
    });
    for (const step of steps.filter((one) => one.way === way)) {
      said += step.parts.reduce((sum, { bytes }) => sum + bytes, 0);
      // The piece that holds the step's last byte.
      const end = ends[step.piece] ?? 0;
      const start = end - (sent[step.piece]?.bytes.length ?? 0);
      if (said <= start || said > end)
        expect.fail(`${step.title} ends at ${said}, its piece is ${start}..${end}`);
    }
    expect(said).toBe(came);
  }
  return steps;
}

function expectPart({ bytes, label, text, class: kind, notes }: Annotated['parts'][number]): void {
  if (bytes <= 0 || !Number.isInteger(bytes)) expect.fail(`${label} of ${bytes} bytes`);
  if (!BYTE_CLASSES.includes(kind)) expect.fail(kind);
  expectPrintable(label);
  expectPrintable(text);
  if (text.length > 130) expect.fail(`a text of ${text.length}`);
  for (const { name, value, why } of notes) for (const one of [name, value, why]) expectPrintable(one);
}

function expectPrintable(text: string): void {
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(text)) expect.fail(`not printable: ${JSON.stringify(text)}`);
}

/** Bytes of a class, of one way or both. */
export function bytesIn(steps: readonly Annotated[], kind: ByteClass, way?: Direction): number {
  return steps
    .filter((step) => way === undefined || step.way === way)
    .flatMap((step) => step.parts)
    .reduce((sum, part) => sum + (part.class === kind ? part.bytes : 0), 0);
}

/** What a step weighs. */
export function weightOf({ parts }: Pick<Annotated, 'parts'>): number {
  return parts.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** A transcript in lines, for tests to compare. */
export function lines(steps: readonly Annotated[]): string[] {
  return steps.map(
    ({ way, title, parts }) =>
      `${way === 'up' ? '→' : '←'} ${title} | ${parts.map((part) => `${part.class} ${part.label} ${part.bytes}`).join(', ')}`,
  );
}
