import { openLeanLine } from '../../http/lean/line.ts';
import { connectBy } from './client.ts';
import { readAnswer } from './read.ts';

export const connect = connectBy({ openLine: openLeanLine, read: readAnswer });
