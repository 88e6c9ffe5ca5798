/** What a page carries packed, as it was: gzip in base64. */
export function unpacked(text: string): Promise<Blob> {
  const packed = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream, { headers: { 'content-type': 'application/json' } }).blob();
}
