import { createHash } from 'node:crypto';
import type { Note } from '../../../contracts.ts';
import type { Told } from '../../http/transcript/annotate.ts';
import { asksForUpgrade, type Exchange, type Request } from '../../http/transcript/exchanges.ts';
import { fieldOf } from '../../http/transcript/head.ts';
import { reasonItems, tellOther } from '../../http/transcript/other.ts';
import type { Said } from '../../http/transcript/spoken.ts';
import { harmless } from '../../transcript/printable.ts';

/** What RFC 6455 has every server add to the key. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const SWITCHING = 101;

/** A request for WebSocket and its answer. */
export function tellUpgrade(exchange: Exchange): Told {
  const { request } = exchange;
  if (request === undefined || !asksForUpgrade(request)) return tellOther(exchange);
  const asked = {
    items: reasonItems(request.body.content, 'handshake'),
    title: 'asks for WebSocket',
    why: 'An HTTP request that asks to speak WebSocket over this connection from now on.',
  };
  return { isHandshake: true, request: asked, answer: answerTo(request, exchange) };
}

function answerTo(request: Request, { answer }: Exchange): Said {
  if (answer === undefined) return { items: [] };
  const items = reasonItems(answer.body.content, 'handshake');
  if (answer.status !== SWITCHING) {
    const why = 'No WebSocket: only 101 would have switched the connection over.';
    return {
      items,
      title: `no upgrade${answer.reason && ` (${harmless(answer.reason.toLowerCase())})`}`,
      why,
    };
  }
  const why = 'From here on both sides send WebSocket frames over this connection, whenever they like.';
  const notes = [acceptNote(request, fieldOf(answer.head, 'sec-websocket-accept'))];
  return { items, title: 'switches to WebSocket', why, notes };
}

/** Only who has read the key as WebSocket can answer so: no cache and no plain HTTP server does by chance. */
function acceptNote({ head }: Request, accept: string): Note {
  const key = fieldOf(head, 'sec-websocket-key');
  const wanted = createHash('sha1')
    .update(key + GUID)
    .digest('base64');
  const verdict = accept === wanted ? 'matches' : 'does NOT match';
  return {
    name: 'how Sec-WebSocket-Accept follows',
    value: `base64(sha1("${harmless(key)}" + "${GUID}")) = ${wanted}: ${verdict}`,
    why: 'It proves that the server has read the key as WebSocket, and is not a cache or another kind of server.',
  };
}
