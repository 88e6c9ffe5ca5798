const BEGIN = '<!-- rtbench publish: what stands from here to the end mark is written anew each time -->';
const END = '<!-- rtbench publish: end -->';

/** A text with our part of it written anew, or behind it for the first time; the rest is somebody else's. */
export function withSection(text: string, section: string): string {
  const marked = `${BEGIN}\n\n${section.trim()}\n\n${END}\n`;
  const begin = text.indexOf(BEGIN);
  // What a result tells may look like the mark.
  const end = text.lastIndexOf(END);
  if (begin >= 0 && end > begin)
    return text.slice(0, begin) + marked + text.slice(end + END.length).replace(/^\n/, '');
  return text.trim() === '' ? marked : `${text.trimEnd()}\n\n${marked}`;
}
