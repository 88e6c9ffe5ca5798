import { openLibraryLine } from '../../http/library/line.ts';
import { connectBy } from './client.ts';
import { readAnswer } from './read.ts';

export const connect = connectBy({ openLine: openLibraryLine, read: readAnswer });
