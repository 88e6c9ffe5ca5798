import type { ClientOptions } from '../../../contracts.ts';
import { basePath } from '../../base-path.ts';
import { browserHeaders } from '../../browser.ts';

/** What all requests to one URL have in common. */
export interface Manner {
  /** What stands before a transport's own paths. */
  readonly base: string;
  /** From the path's end on, the headers that every request has. */
  readonly common: string;
}

/** Thousands of clients share a URL. */
const manners = {
  minimal: new WeakMap<URL, Manner>(),
  browser: new WeakMap<URL, Manner>(),
};

/** How the clients of that URL ask. */
export function mannerOf(url: URL, { headers }: ClientOptions): Manner {
  let manner = manners[headers].get(url);
  if (manner === undefined) {
    manner = { base: basePath(url), common: commonOf(url, headers) };
    manners[headers].set(url, manner);
  }
  return manner;
}

function commonOf(url: URL, headers: ClientOptions['headers']): string {
  let common = ` HTTP/1.1\r\nHost: ${url.host}\r\nConnection: keep-alive\r\n`;
  if (headers === 'browser') {
    for (const [name, value] of Object.entries(browserHeaders(url, 'fetch')))
      common += `${name}: ${value}\r\n`;
  }
  return common;
}
