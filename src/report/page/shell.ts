import { brotliDecompressSync } from 'node:zlib';
import { ownBytes, ownText } from '../../own/files.ts';
import { themesOf } from './colours.ts';
import { type Html, html, nothing } from './markup.ts';
import { packed } from './packed.ts';
import { policyOf } from './policy.ts';

/** A result as one page: what is said first, then its sections, and the result itself to take away. */
export interface Page {
  /** What the page is called: in the browser's title and as its head. */
  readonly title: string;
  /** What it is and when that was, small above the title. */
  readonly kicker: readonly string[];
  /** What was tried, in words. */
  readonly about: string;
  /** What it means, in sentences. */
  readonly lead: readonly string[];
  /** What was measured, part by part. */
  readonly workload: readonly string[];
  /** What must be known before anything is read; nothing where all is well. */
  readonly alerts: readonly string[];
  readonly sections: readonly Section[];
  /** The result as JSON, byte for byte as `--json` writes it. */
  readonly json: string;
  /** Whether some section holds pictures, so that the page must bring what draws them. */
  readonly isDrawn: boolean;
  /** What the page brings beside what every page does. */
  readonly own?: { readonly style: string; readonly script: string };
}

/** A part of a page under a heading of its own; left out where its body is nothing. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Html;
}

/** The whole page in one text: its style, its scripts and its data are in it, and nothing is asked of any network. */
export function pageText(page: Page): string {
  const sections = page.sections.filter(({ body }) => body.html.trim() !== '');
  const bodies = sections.map(sectionOf);
  const style =
    themesOf(bodies.map((body) => body.html).join('')) +
    ownText('dist/assets/report.css') +
    (page.own?.style ?? '');
  const scripts = [
    ownText('dist/assets/page.js'),
    ...(page.isDrawn ? [brotliDecompressSync(ownBytes('dist/assets/charts.js.br')).toString()] : []),
    ...(page.own === undefined ? [] : [page.own.script]),
  ];
  const whole = html`<!doctype html>
<html lang="en" data-name="${fileName(page.title)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(style, scripts)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="rtbench">
<title>${page.title} · rtbench</title>
<style>${{ html: style }}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the result</a>
<header class="bar"><span class="brand">rtbench</span>
<div class="actions" hidden><button type="button" id="theme">Dark</button>
<button type="button" id="download">Download JSON</button></div></header>
<main id="content">
<div class="head">
<p class="kicker">${page.kicker.join(' · ')}</p>
<h1>${page.title}</h1>
${page.about === '' ? nothing : html`<p class="about">${page.about}</p>`}
${page.alerts.map((text) => html`<p class="alert">${text}</p>`)}
${page.lead.map((text, place) => html`<p class="${place === 0 ? 'lead first' : 'lead'}">${text}</p>`)}
<ul class="parts" aria-label="Workload">${page.workload.map((part) => html`<li>${part}</li>`)}</ul>
</div>
${contentsOf(sections)}
${bodies}
</main>
<footer><p>Everything on this page is in this one file; it asks nothing of any network.</p></footer>
<script type="application/gzip" id="result">${packed(page.json)}</script>
${scripts.map((script) => html`<script>${{ html: script }}</script>\n`)}</body>
</html>
`;
  return whole.html;
}

/** What the download is called, without what some system would not take. */
function fileName(title: string): string {
  return `rtbench-${title.toLowerCase().replace(/[^a-z\d]+/g, '-')}`.replace(/-$/, '');
}

function contentsOf(sections: readonly Section[]): Html {
  if (sections.length < 3) return nothing;
  const links = sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`);
  return html`<nav aria-label="On this page"><ul>${links}</ul></nav>`;
}

function sectionOf({ id, title, body }: Section): Html {
  return html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${body}</section>
`;
}
