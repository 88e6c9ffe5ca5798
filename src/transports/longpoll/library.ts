import { openLibraryLine } from '../http/library/line.ts';
import { readAnswer } from '../polling/client/read.ts';
import { connectBy } from './client.ts';

export const connect = connectBy({ openLine: openLibraryLine, read: readAnswer });
