/** What a page of the stage may load and connect to, by the origin that it was asked for at. */
export function policyFor({ hostname, host }: URL, relayPorts: readonly number[]): string {
  // A policy cannot name an IPv6 address.
  const isNameable = !hostname.startsWith('[');
  const relays = relayPorts.map((port) => `${isNameable ? hostname : '*'}:${port}`);
  // Not every browser takes 'self' for a WebSocket too.
  const own = isNameable ? host : host.replace(hostname, '*');
  const places = [`ws://${own}`, ...relays.flatMap((relay) => [`http://${relay}`, `ws://${relay}`])];
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self' ${places.join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
