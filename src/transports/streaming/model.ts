import type { Link, Prediction, Workload } from '../../contracts.ts';
import { predictPush } from '../model/push.ts';
import { base64Bytes, overNumbers } from '../model/work.ts';

/** A line of JSON in a chunk of its own. */
export function predictNdjson(work: Workload, link: Link): Prediction {
  const line = isText(work)
    ? '""\n'.length + work.payloadBytes
    : '{"binary":""}\n'.length + base64Bytes(work.payloadBytes);
  const heartbeat = { up: 0, down: chunkBytes('\n'.length) };
  return predictPush(work, link, { frames: [chunkBytes(line)], heartbeat });
}

/** An event with its id in a chunk of its own. */
export function predictEvents(work: Workload, link: Link): Prediction {
  const event = isText(work)
    ? 'id: \ndata: \n\n'.length + work.payloadBytes
    : 'id: \nevent: binary\ndata: \n\n'.length + base64Bytes(work.payloadBytes);
  const chunk = overNumbers(work, (digits) => chunkBytes(event + digits));
  return predictPush(work, link, { frames: [chunk], heartbeat: { up: 0, down: chunkBytes(':\n\n'.length) } });
}

/** A chunk of HTTP: its length in hexadecimal, and two line ends. */
export function chunkBytes(length: number): number {
  return length.toString(16).length + length + 4;
}

function isText({ payloadKind }: Workload): boolean {
  return payloadKind === 'text';
}
