/** One line of Prometheus' text format that is no comment. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(,|$)/y;

/** Reads Prometheus' text format (0.0.4) and takes nothing that the format does not say: throws at the first line that is wrong. */
export function parseExposition(text: string): Sample[] {
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  const announced = new Map<string, 'HELP' | 'TYPE'>();
  const finished = new Set<string>();
  const seen = new Set<string>();
  let family = '';
  return text
    .slice(0, -1)
    .split('\n')
    .flatMap((line) => {
      const [, kind, about = ''] = new RegExp(`^# (HELP|TYPE) (${NAME}) \\S.*$`).exec(line) ?? [];
      if (kind === 'HELP') {
        if (announced.has(about)) throw new Error(`a second HELP: ${line}`);
        finished.add(family);
        family = about;
        announced.set(about, kind);
        return [];
      }
      if (kind === 'TYPE') {
        if (announced.get(about) !== 'HELP' || !/ (gauge|counter|untyped)$/.test(line)) {
          throw new Error(`no type: ${line}`);
        }
        announced.set(about, kind);
        return [];
      }
      const [, name = '', labels = '', value = ''] =
        new RegExp(`^(${NAME})\\{(.*)\\} (-?[0-9.e+-]+)$`).exec(line) ?? [];
      if (name !== family || announced.get(name) !== 'TYPE' || finished.has(name)) {
        throw new Error(`not of the family that was announced: ${line}`);
      }
      if (!Number.isFinite(Number(value))) throw new Error(`no number: ${line}`);
      const series = `${name}{${labels}}`;
      if (seen.has(series)) throw new Error(`twice: ${line}`);
      seen.add(series);
      return [{ name, labels: parseLabels(labels, line), value: Number(value) }];
    });
}

function parseLabels(text: string, line: string): Record<string, string> {
  const labels: Record<string, string> = {};
  let at = 0;
  while (at < text.length) {
    LABEL.lastIndex = at;
    const [whole = '', name = '', value = ''] = LABEL.exec(text) ?? [];
    if (whole === '' || Object.hasOwn(labels, name)) throw new Error(`bad labels: ${line}`);
    labels[name] = value.replace(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped));
    at += whole.length;
  }
  return labels;
}
