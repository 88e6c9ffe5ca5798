import { decodeAnswer } from '../answer.ts';
import type { ReadAnswer } from './poller.ts';

/** Reads an answer as anyone would. */
export const readAnswer: ReadAnswer = (type, bytes, start, end, heard) =>
  decodeAnswer(type, bytes.subarray(start, end), (message) => heard.message(message));
