import { openLeanLine } from '../../http/lean/line.ts';
import { connectBy } from './client.ts';

export const connect = connectBy(openLeanLine);
