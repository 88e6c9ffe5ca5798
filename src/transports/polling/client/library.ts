import { openLibraryLine } from '../../http/library/line.ts';
import { connectBy } from './client.ts';

export const connect = connectBy(openLibraryLine);
