import { escaped } from '../report/files/markup.ts';
import { NONE } from '../report/numbers.ts';
import { type Html, html } from '../report/page/markup.ts';
import { policyOf } from '../report/page/policy.ts';
import { HEAD, placeOf, type Told, tableOf, told } from './overview.ts';
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
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(STYLE)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
${{ html: GENERATOR }}
<title>rtbench results</title>
<style>${{ html: STYLE }}</style>
</head>
<body>
<main>
<h1>rtbench results</h1>
<p>${NOTE}</p>
${runs.map(runHtml)}</main>
</body>
</html>
`;
  return page.html;
}

function runHtml({ folder, results }: Run): Html {
  return html`<section>
<h2>${folder}</h2>
<p>${placeOf(results)}</p>
<div class="wide" tabindex="0" role="region" aria-label="${folder}"><table>
<thead><tr>${HEAD.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>
${results.map((result) => rowHtml(told(result, folder)))}</tbody>
</table></div>
</section>
`;
}

function rowHtml({ name, work, verdict, links }: Told): Html {
  const anchors = links.map(({ text, href }) => html`<a href="${href}">${text}</a> `);
  return html`<tr><th scope="row">${name}</th><td>${work}</td><td>${verdict || NONE}</td><td>${anchors}</td></tr>
`;
}
