import type { Trace } from '../../../measurements/trace/trace.ts';
import { ownText } from '../../../own/files.ts';
import { json } from '../../files/json.ts';
import { html } from '../../page/markup.ts';
import { whenOf } from '../../page/parts/lead.ts';
import { machineFacts, repetition } from '../../page/parts/machine.ts';
import { pageText } from '../../page/shell.ts';
import { inProse } from '../../words/labels.ts';
import { capital, clean, listed } from '../../words/text.ts';
import { headOf, sentencesOf } from '../words.ts';
import { ledgerSection } from './ledger.ts';
import { classLegend } from './legend.ts';
import { stepLists } from './steps.ts';
import { talks } from './talks.ts';

/** A trace as one page: the drawing, whose arrows tell what they carry, every step in words, and the ledger. */
export function tracePage(trace: Trace): string {
  const names = trace.conversations.map(({ transport }) => inProse(transport));
  return pageText({
    title: capital(listed(names)) || 'Trace',
    kicker: ['Trace', whenOf(trace)],
    about: 'Every byte that crossed between one client and its server, and what it was there for.',
    alerts: [
      ...(trace.interrupted ? ['Interrupted: what had crossed until then.'] : []),
      ...(trace.failure === null ? [] : [`It broke off: ${clean(trace.failure)}`]),
    ],
    lead: sentencesOf(trace),
    workload: headOf(trace).slice(1),
    sections: [
      {
        id: 'drawing',
        title: 'What crossed, and when',
        body: html`<p class="hint">Time runs down; where nothing happens for long, the paper is torn.</p>
${classLegend()}
${talks(trace)}`,
      },
      { id: 'ledger', title: 'What the bytes were there for', body: ledgerSection(trace) },
      { id: 'steps', title: 'Step by step', body: stepLists(trace) },
      { id: 'machine', title: 'Where it was traced', body: machineFacts(trace) },
      { id: 'again', title: 'Do it again', body: repetition(trace) },
    ],
    json: json(trace),
    isDrawn: false,
    own: { style: ownText('dist/assets/trace-style.css'), script: ownText('dist/assets/trace.js') },
  });
}
