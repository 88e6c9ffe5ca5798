import type { Conversation, Trace } from '../../../measurements/trace/trace.ts';
import { themed } from '../../page/colours.ts';
import { type Html, html } from '../../page/markup.ts';
import { inProse } from '../../words/labels.ts';
import { capital, counted } from '../../words/text.ts';
import { darkInks, type Inks, lightInks } from '../svg/inks.ts';
import { escaped, SANS } from '../svg/marks.ts';
import { sequenceOf } from '../svg/sequence.ts';

/** So narrow that a phone still shows letters that can be read. */
const WIDTH = 400;

/** The drawings beside each other, and room for what an arrow tells. */
export function talks({ conversations }: Trace): Html {
  return html`<div class="talks">
<div class="drawings">${conversations.map(drawingOf)}</div>
<div class="told" id="told" role="region" tabindex="0" aria-label="What the arrow carries" hidden><p class="hint">Point at an arrow to see its bytes, or walk through them with the arrow keys. A click holds what is shown, Escape lets go.</p></div>
</div>
`;
}

function drawingOf(conversation: Conversation, place: number): Html {
  const { transport, connections } = conversation;
  const name = capital(inProse(transport));
  const label = `${name}: what went between client and server, told step by step below`;
  const picture = (inks: Inks) => {
    const { svg, height } = sequenceOf(conversation, WIDTH, inks);
    return `<svg viewBox="0 0 ${WIDTH} ${Math.ceil(height)}" font-family="${SANS}" role="img" aria-label="${escaped(label)}">${svg}</svg>`;
  };
  return html`<div class="drawing" data-talk="${place}">
<h3>${name} <small>${counted(connections, 'TCP connection')}</small></h3>
${{ html: themed(picture(lightInks), picture(darkInks)) }}
</div>
`;
}
