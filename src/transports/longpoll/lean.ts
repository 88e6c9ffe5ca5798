import { openLeanLine } from '../http/lean/line.ts';
import { skimAnswer } from '../polling/client/skim.ts';
import { connectBy } from './client.ts';

export const connect = connectBy({ openLine: openLeanLine, read: skimAnswer });
