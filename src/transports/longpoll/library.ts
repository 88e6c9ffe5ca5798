import { openLeanLine } from '../http/lean/line.ts';
import { readAnswer } from '../polling/client/read.ts';
import { connectBy } from './client.ts';

export const connect = connectBy({ openLine: openLeanLine, read: readAnswer });
