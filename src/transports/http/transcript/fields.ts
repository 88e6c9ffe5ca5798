/** What fields of a head are for. */
const WHYS: Readonly<Record<string, string>> = {
  host: 'whom the request is for: one address may serve several names',
  'keep-alive': 'how many seconds the server keeps the connection while nothing is asked',
  'content-type': 'what the body is',
  'content-length': 'the body ends after so many bytes, and the connection is free again',
  'transfer-encoding': 'the length is not known beforehand: each chunk of the body says its own',
  'cache-control': 'nobody on the way may keep the answer and give it again',
  date: 'when the server answered; node:http adds it to every answer',
  upgrade: 'the protocol that the connection is to speak from now on',
  'sec-websocket-key': 'sixteen random bytes in base64; the answer must follow from them',
  'sec-websocket-accept': 'the answer to the key: how it follows stands below',
  'sec-websocket-version': 'RFC 6455 is version 13',
  'sec-websocket-extensions': 'an extension, such as compression, that both sides must agree on',
  'sec-websocket-protocol': 'what is spoken inside the frames',
  'last-event-id': 'the last event that the client saw: the server goes on after it',
  'user-agent': 'which program asks',
  accept: 'what kinds of body the client takes',
  'accept-encoding': 'compressions that the client understands',
  'accept-language': "the user's languages",
  origin: 'the page that asks; a server may refuse strangers',
  referer: 'the address of the page that asks',
  'sec-ch-ua': 'which browser asks',
  'sec-ch-ua-mobile': 'whether it is on a phone',
  'sec-ch-ua-platform': 'what it runs on',
  'sec-fetch-site': 'whether the page that asks is of this server: its script cannot say otherwise',
  'sec-fetch-mode': 'how the page asks',
  'sec-fetch-dest': 'what the page wants the answer for',
  'access-control-allow-origin': 'pages from there may read the answer',
  location: 'where to ask instead',
};

const CONNECTION: Readonly<Record<string, string>> = {
  'keep-alive': 'the connection may stay open when the answer has ended',
  close: 'the connection ends after this; the next request needs a new one',
  upgrade: 'the connection is to change its protocol',
};

/** Why a field is there; empty where its name says it or nobody knows. */
export function whyOf(name: string, value: string): string {
  const among: Readonly<Record<string, string>> = name === 'connection' ? CONNECTION : WHYS;
  const key = name === 'connection' ? value.toLowerCase() : name;
  return Object.hasOwn(among, key) ? (among[key] ?? '') : '';
}
