import type { Note, Part } from '../../../measurements/trace/steps.ts';
import type { Conversation, Trace, TraceEvent } from '../../../measurements/trace/trace.ts';
import { count, plain } from '../../numbers.ts';
import { type Html, html, nothing } from '../../page/markup.ts';
import { inProse } from '../../words/labels.ts';
import { capital, clean, counted } from '../../words/text.ts';
import { bytesOf, isFar, type Step } from '../story.ts';
import { spotOf } from './legend.ts';

const ENDS = { opened: 'opens', ended: 'ends', reset: 'is reset' } as const;

/** All that happened, in order, each step with its parts folded away under it: the whole trace for who has no drawing. */
export function stepLists({ conversations }: Trace): Html {
  return html`${conversations.map((one, place) => stepList(one, place, conversations.length))}`;
}

function stepList({ transport, events, connections }: Conversation, talk: number, many: number): Html {
  let place = 0;
  const items = events.map((event) => {
    if (event.kind !== 'step') return html`<li class="aside">${asideOf(event)}</li>\n`;
    const id = `step-${talk}-${place}`;
    place += 1;
    return html`<li><details id="${id}"><summary>${titleOf(event)}</summary>
<div class="what">${factsOf(event, connections > 1)}${partsOf(event)}</div></details></li>
`;
  });
  const name = many > 1 ? html`<h3>${capital(inProse(transport))}</h3>\n` : nothing;
  return html`${name}<ol class="steps">${items}</ol>
`;
}

function asideOf(event: Exclude<TraceEvent, { kind: 'step' }>): string {
  if (event.kind === 'told') return `${timeOf(event.atMs)}: ${clean(event.text)}`;
  const who = event.way === 'up' ? 'the client' : 'the server';
  return `${timeOf(event.way === 'up' ? event.sentMs : event.arrivedMs)}: connection ${event.connection} ${ENDS[event.kind]}, by ${who}`;
}

function titleOf(step: Step): Html {
  const isUp = step.way === 'up';
  return html`<span class="way" aria-hidden="true">${isUp ? '→' : '←'}</span><span class="spoken">${isUp ? 'client to server: ' : 'server to client: '}</span><code>${clean(step.title)}</code> <small>${`${count(bytesOf(step))} B`}</small>`;
}

function factsOf(step: Step, isNumbered: boolean): Html {
  const [from, to] = step.way === 'up' ? ['client', 'server'] : ['server', 'client'];
  const facts = [
    `${from} → ${to}`,
    counted(bytesOf(step), 'byte'),
    isFar(step)
      ? `sent at ${timeOf(step.sentMs)}, there at ${timeOf(step.arrivedMs)}`
      : `at ${timeOf(step.sentMs)}`,
    ...(isNumbered ? [`connection ${step.connection}`] : []),
  ];
  const why = clean(step.why);
  return html`<p class="facts-line">${facts.join(' · ')}</p>
${why === '' ? nothing : html`<p class="why">${why}</p>`}
`;
}

function partsOf({ parts }: Step): Html {
  return html`<ol class="pieces">${parts.map(partOf)}</ol>`;
}

function partOf(part: Part): Html {
  const label = clean(part.label);
  const head = label === part.class ? nothing : html` <span>${part.class}</span>`;
  return html`<li><p>${spotOf(part.class)}<b>${label}</b>${head} <small>${`${count(part.bytes)} B`}</small></p>
${part.text === '' ? nothing : html`<pre><code>${brokenAt(part.text)}</code></pre>`}${notesOf(part.notes)}</li>
`;
}

/** Lines end where they do on the wire, and still say by what. */
function brokenAt(text: string): string {
  return text.replace(/\\r\\n|\\n/g, '$&\n').replace(/\n$/, '');
}

function notesOf(notes: readonly Note[]): Html {
  if (notes.length === 0) return nothing;
  const rows = notes.map(
    ({ name, value, why }) =>
      html`<div><dt>${clean(name)}</dt><dd><code>${clean(value)}</code>${clean(why) === '' ? nothing : html` <span>${clean(why)}</span>`}</dd></div>\n`,
  );
  return html`<dl class="notes-of">${rows}</dl>`;
}

function timeOf(ms: number): string {
  return `${plain(ms)} ms`;
}
