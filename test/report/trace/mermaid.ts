import { expect } from 'vitest';

/** Letters, or the number of one; nothing that begins a comment, a directive, a tag or another statement. */
const TEXT = /(?:[\p{L}\p{N} /.,_()=?+*'@!·×–-]|: |#\d+;)+/u.source;
const WHO = /[CS]\d*/.source;

const FORMS = {
  participant: `participant (${WHO}) as ${TEXT}`,
  box: `box transparent ${TEXT}`,
  end: 'end',
  message: `(${WHO})(?:->>|--\\)|--?x)(${WHO}): ${TEXT}`,
  note: `Note over (${WHO}),(${WHO}): ${TEXT}`,
  activate: `activate (${WHO})`,
  deactivate: `deactivate (${WHO})`,
};

/** A line of a sequence diagram by its form, and who is named in it. */
export interface Line {
  readonly form: string;
  readonly who: readonly string[];
}

/** The lines of a sequence diagram; fails at the first that is of no known form. */
export function parseMermaid(text: string): Line[] {
  const [first, ...lines] = text.split('\n').slice(0, -1);
  expect(first).toBe('sequenceDiagram');
  return lines.map((line) => {
    for (const [form, source] of Object.entries(FORMS)) {
      const found = new RegExp(`^  ${source}$`, 'u').exec(line);
      if (found) return { form, who: found.slice(1) };
    }
    throw new Error(`no line of a sequence diagram: ${line}`);
  });
}

/** Whoever takes part is announced, boxes end, and nobody rests who was not active. */
export function checkMermaid(text: string): void {
  const known = new Set<string>();
  const active = new Map<string, number>();
  let boxes = 0;
  for (const { form, who } of parseMermaid(text)) {
    if (form === 'participant') for (const one of who) known.add(one);
    else for (const one of who) expect([...known]).toContain(one);
    if (form === 'box') boxes += 1;
    if (form === 'end') boxes -= 1;
    expect(boxes === 0 || boxes === 1).toBe(true);
    const [one = ''] = who;
    if (form === 'activate') active.set(one, (active.get(one) ?? 0) + 1);
    if (form === 'deactivate') active.set(one, (active.get(one) ?? 0) - 1);
    expect(active.get(one) ?? 0).toBeGreaterThanOrEqual(0);
  }
  expect(boxes).toBe(0);
}
