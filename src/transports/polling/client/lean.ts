import { openLeanLine } from '../../http/lean/line.ts';
import { connectBy } from './client.ts';
import { skimAnswer } from './skim.ts';

export const connect = connectBy({ openLine: openLeanLine, read: skimAnswer });
