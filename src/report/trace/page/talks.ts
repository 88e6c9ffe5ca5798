import type { Conversation, Trace } from '../../../measurements/trace/trace.ts';
import { themed } from '../../page/colours.ts';
import { type Html, html } from '../../page/markup.ts';
import { inProse } from '../../words/labels.ts';
import { capital, counted } from '../../words/text.ts';
import { darkInks, type Inks, lightInks } from '../svg/inks.ts';
import { escaped, SANS } from '../svg/marks.ts';
import { sequenceOf } from '../svg/sequence.ts';

/** So narrow that a phone still shows letters that can be read, and that several have room beside each other. */
const NARROW = 400;
/** One alone has more room, where the page has. */
const WIDE = 620;

/** The drawings beside each other, and room for what an arrow tells. */
export function talks({ conversations }: Trace): Html {
  const drawings = conversations.map((one, place) => {
    const narrow = pictureOf(one, place, NARROW);
    const { transport, connections } = one;
    return html`<div class="drawing">
<h3>${capital(inProse(transport))} <small>${counted(connections, 'TCP connection')}</small></h3>
${conversations.length > 1 ? narrow : html`<div class="if-wide">${pictureOf(one, place, WIDE)}</div><div class="if-narrow">${narrow}</div>`}
</div>
`;
  });
  return html`<div class="talks">
<div class="drawings">${drawings}</div>
<div class="told" id="told" role="region" tabindex="0" aria-label="What the arrow carries" hidden><p class="hint">Point at an arrow to see its bytes, or walk through them with the arrow keys. A click holds what is shown, Escape lets go.</p></div>
</div>
`;
}

function pictureOf(conversation: Conversation, place: number, width: number): Html {
  const name = capital(inProse(conversation.transport));
  const label = escaped(`${name}: what went between client and server, told step by step below`);
  const drawn = (inks: Inks) => {
    const { svg, height } = sequenceOf(conversation, width, inks);
    return `<svg viewBox="0 0 ${width} ${Math.ceil(height)}" font-family="${SANS}" role="img" aria-label="${label}" data-talk="${place}">${svg}</svg>`;
  };
  return { html: themed(drawn(lightInks), drawn(darkInks)) };
}
