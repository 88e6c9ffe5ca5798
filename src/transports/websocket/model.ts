import type { Link, Prediction, Workload } from '../../contracts.ts';
import { predictPush } from '../model/push.ts';

/** One frame a message; a ping and its pong are empty. */
export function predictWebsocket(work: Workload, link: Link): Prediction {
  const heartbeat = { up: maskedFrameBytes(0), down: frameBytes(0) };
  return predictPush(work, link, { frames: [frameBytes(work.payloadBytes)], heartbeat });
}

/** A frame from server to client: 2, 4 or 10 bytes before what it carries. */
export function frameBytes(length: number): number {
  return length + (length <= 125 ? 2 : length <= 65_535 ? 4 : 10);
}

/** A frame from client to server: with a mask of four bytes. */
export function maskedFrameBytes(length: number): number {
  return frameBytes(length) + 4;
}
