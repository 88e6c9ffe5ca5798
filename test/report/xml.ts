const TOKEN =
  /<(\/?)([a-zA-Z][\w:.-]*)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>|<\?xml [^<>]*\?>|<!\[CDATA\[.*?\]\]>|[^<]+/gsy;

/** Throws what an XML reader would complain of: what is not well-formed, and characters that XML does not have. */
export function checkXml(text: string): void {
  const bad = /[^\P{Cc}\t\n\r]/u.exec(text);
  if (bad !== null) throw new Error(`a character that XML does not have at ${bad.index}`);
  const open: string[] = [];
  let end = 0;
  for (const [token, closing, name = '', attributes = '', empty] of text.matchAll(TOKEN)) {
    end += token.length;
    const foreign = name === '' ? (token.startsWith('<') ? '' : token) : attributes;
    if (/&(?!(amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/i.test(foreign)) throw new Error(`a bare & in ${token}`);
    if (closing && open.pop() !== name) throw new Error(`</${name}> closes nothing`);
    if (name !== '' && !closing && !empty) open.push(name);
  }
  if (end < text.length) throw new Error(`not XML: ${text.slice(end, end + 80)}`);
  if (open.length > 0) throw new Error(`<${open.at(-1)}> is left open`);
}
