import type { ByteClass, Note } from '../../../contracts.ts';
import type { Told } from '../../http/transcript/annotate.ts';
import { type Answer, asksForUpgrade, type Exchange, type Request } from '../../http/transcript/exchanges.ts';
import { answered, reasonItems, tellOther } from '../../http/transcript/other.ts';
import type { Said } from '../../http/transcript/spoken.ts';
import { explained } from '../../transcript/explained.ts';
import { type Item, purposeOf, type Run } from '../../transcript/runs.ts';
import { tellUpgrade } from '../../websocket/transcript/upgrade.ts';
import { readBase64, readPacket } from './engine.ts';

const SEPARATOR = 0x1e;
const BYTES = 'b'.charCodeAt(0);

/** One exchange of engine.io's polling, or its way to WebSocket. */
export function tell(exchange: Exchange): Told {
  const { request, answer } = exchange;
  if (request === undefined) return tellOther(exchange);
  const query = new URLSearchParams(request.target.split('?')[1]);
  const notes = explained(query, WHYS);
  if (asksForUpgrade(request)) {
    const told = tellUpgrade(exchange);
    return { ...told, request: { ...told.request, notes } };
  }
  if (!query.has('EIO')) return tellOther(exchange);
  if (request.method === 'POST') return tellPackets(request, answer, notes);
  return query.has('sid') ? tellAsking(request, answer, notes) : tellOpening(request, answer, notes);
}

function tellOpening({ body }: Request, answer: Answer | undefined, notes: Note[]): Told {
  const items = reasonItems(body.content, 'handshake');
  const why = 'engine.io begins with an ordinary request: that works everywhere.';
  const asked = { items, title: 'opens a session', why, notes };
  return { isHandshake: true, request: asked, answer: answered(answer, packetsOf) };
}

function tellAsking({ body }: Request, answer: Answer | undefined, notes: Note[]): Told {
  const items = reasonItems(body.content);
  const why = 'Asks for packets; the server holds the request until there are some.';
  const asked = { items, title: 'asks for packets', why, notes };
  return { request: asked, answer: answered(answer, packetsOf) };
}

function packetsOf({ body }: Answer): Said {
  return { items: readPackets(body.content) };
}

function tellPackets({ body }: Request, answer: Answer | undefined, notes: Note[]): Told {
  const items = readPackets(body.content);
  const kind = purposeOf(items.flatMap(({ runs }) => runs)) ?? 'framing';
  return {
    request: { items, notes },
    answer: answered(answer, ({ body: { content: bytes } }) => ({
      items: [{ title: 'taken', why: '', runs: [{ class: kind, label: 'ok', bytes }] }],
    })),
  };
}

/** A body's packets, with a byte between them; the last may be cut off. */
function readPackets(content: Buffer): Item[] {
  const items: Item[] = [];
  for (let start = 0; start < content.length; ) {
    const found = content.indexOf(SEPARATOR, start);
    const end = found < 0 ? content.length : found;
    const packet = content.subarray(start, end);
    const item = packet[0] === BYTES ? readBase64(packet) : readPacket(packet);
    items.push(
      found < 0 ? item : { ...item, runs: [...item.runs, separator(content.subarray(end, end + 1))] },
    );
    start = end + 1;
  }
  const purpose = purposeOf(items.flatMap(({ runs }) => runs).filter(({ label }) => label !== SEPARATES));
  return purpose === undefined ? items : items.map((item) => ofClass(item, purpose));
}

const SEPARATES = 'separator';

function separator(bytes: Buffer): Run {
  const notes = [{ name: 'separator', value: '\\x1e', why: 'stands between two packets in one body' }];
  return { class: 'framing', label: SEPARATES, bytes, notes };
}

/** Where all packets are there for the same, so is what separates them. */
function ofClass(item: Item, kind: ByteClass): Item {
  return { ...item, runs: item.runs.map((run) => ({ ...run, class: kind })) };
}

const WHYS: Readonly<Record<string, string>> = {
  EIO: "the version of engine.io's protocol",
  transport: 'how the packets are carried',
  t: 'different each time, so that no cache answers',
  sid: 'the session that the server has opened',
};
