import { createHash } from 'node:crypto';
import { escaped } from '../report/files/markup.ts';
import { NONE } from '../report/numbers.ts';
import { HEAD, placeOf, tableOf, told } from './overview.ts';
import type { Run } from './runs.ts';

const NOTE =
  'Every table and page is made of the JSON beside it: rtbench report FILE prints it again in any format.';

/** All runs, the newest first, in Markdown. */
export function indexMarkdown(runs: readonly Run[]): string {
  const parts = runs.flatMap(({ folder, results }) => [
    `### [${escaped(folder)}](${encodeURIComponent(folder)}/)`,
    escaped(placeOf(results)),
    tableOf(results, folder),
  ]);
  return ['## Runs', escaped(NOTE), ...parts].join('\n\n');
}

const STYLE = `
:root { color-scheme: light dark; --line: #8886; --faint: color-mix(in srgb, currentColor 65%, transparent); }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem; }
p { color: var(--faint); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; vertical-align: top; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid var(--line); }
td:last-child a { display: inline-block; margin-inline-end: .6rem; }
`;

/** Who made a page that this may write over. */
export const GENERATOR = '<meta name="generator" content="rtbench publish">';

/** The same as a page that needs nothing beside it. */
export function indexHtml(runs: readonly Run[]): string {
  const styleHash = createHash('sha256').update(STYLE).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
${GENERATOR}
<title>rtbench results</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>rtbench results</h1>
<p>${inHtml(NOTE)}</p>
${runs.map(runHtml).join('\n')}
</main>
</body>
</html>
`;
}

function runHtml({ folder, results }: Run): string {
  const rows = results.map((result) => {
    const { name, work, verdict, links } = told(result, folder);
    const anchors = links.map(({ text, href }) => `<a href="${inHtml(href)}">${inHtml(text)}</a>`).join(' ');
    return `<tr><th scope="row">${inHtml(name)}</th><td>${inHtml(work)}</td><td>${inHtml(verdict) || NONE}</td><td>${anchors}</td></tr>`;
  });
  return `<section>
<h2>${inHtml(folder)}</h2>
<p>${inHtml(placeOf(results))}</p>
<div class="wide" tabindex="0" role="region" aria-label="${inHtml(folder)}"><table>
<thead><tr>${HEAD.map((title) => `<th scope="col">${title}</th>`).join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table></div>
</section>`;
}

function inHtml(text: string): string {
  const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (character) => named[character] ?? '');
}
