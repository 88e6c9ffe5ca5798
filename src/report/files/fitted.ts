import { size } from '../numbers.ts';

/** A Markdown text of at most so many bytes: its largest paragraphs, which are tables, give way to a sentence each. */
export function fitted(markdown: string, mostBytes: number): string {
  const paragraphs = markdown.split('\n\n');
  const whole = () => paragraphs.join('\n\n');
  for (let cut = 0; Buffer.byteLength(whole()) > mostBytes; cut++) {
    if (cut === paragraphs.length) return '';
    const sizes = paragraphs.map((text) => Buffer.byteLength(text));
    const largest = sizes.indexOf(Math.max(...sizes));
    paragraphs[largest] =
      `_${size(sizes[largest] ?? 0)} are left out here for want of room; the saved report has them._`;
  }
  return whole();
}
