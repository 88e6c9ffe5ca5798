const TAG = /<(\/?)([a-zA-Z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/y;
const TEXT = /(?:[^<&]|&(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)+/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what XML forbids
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/** What is wrong with a text as XML with its tags closed and its characters escaped; undefined where nothing is. */
export function wrongOf(text: string): string | undefined {
  const open: string[] = [];
  let place = 0;
  if (FORBIDDEN.test(text)) return 'a forbidden character';
  while (place < text.length) {
    TEXT.lastIndex = place;
    TAG.lastIndex = place;
    const tag = TAG.exec(text);
    const found = tag ?? TEXT.exec(text);
    if (found === null) return `at ${place}: ${text.slice(place, place + 60)}`;
    place += found[0].length;
    if (tag === null) continue;
    const [, closing, name = '', attributes = '', empty] = tag;
    const names = [...attributes.matchAll(/([\w:-]+)="/g)].map(([, attribute]) => attribute);
    if (new Set(names).size < names.length) return `an attribute twice in ${tag[0]}`;
    if (closing && open.pop() !== name) return `</${name}> closes another`;
    if (!(closing || empty)) open.push(name);
  }
  return open.length === 0 ? undefined : `${open.join(', ')} left open`;
}
