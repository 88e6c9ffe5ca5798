const USER_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const COMMON = {
  'User-Agent': USER_AGENT,
  'Accept-Encoding': 'gzip, deflate, br, zstd',
  'Accept-Language': 'en-US,en;q=0.9',
};

/** What Chrome adds to a request from a page of the same origin, beyond what the protocol itself needs. */
export function browserHeaders(url: URL, kind: 'fetch' | 'websocket'): Record<string, string> {
  const origin = url.origin.replace(/^ws/, 'http');
  if (kind === 'websocket') {
    return { Pragma: 'no-cache', 'Cache-Control': 'no-cache', Origin: origin, ...COMMON };
  }
  return {
    'sec-ch-ua-platform': '"Linux"',
    'sec-ch-ua': '"Chromium";v="140", "Not=A?Brand";v="24", "Google Chrome";v="140"',
    'sec-ch-ua-mobile': '?0',
    Accept: '*/*',
    'Sec-Fetch-Site': 'same-origin',
    'Sec-Fetch-Mode': 'cors',
    'Sec-Fetch-Dest': 'empty',
    Referer: `${origin}/`,
    ...COMMON,
  };
}
