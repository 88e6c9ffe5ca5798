import { element } from '../../page/element.ts';
import { currentLanguage, words } from '../../words/language.ts';
import type { Entry } from '../visit/room.ts';
import { hueOf } from './hue.ts';

type Said = Extract<Entry, { readonly type: 'said' }>;

/** One entry of the conversation as it is shown, after the one before it. */
export function itemsOf(entry: Entry, before: Entry | undefined): readonly HTMLElement[] {
  if (entry.type !== 'said') return [asideItem(entry)];
  const isOld = entry.source === 'history' && before === undefined;
  const divider = isOld ? [element('li', { class: 'notice' }, words().chat.history)] : [];
  return [...divider, saidItem(entry, before)];
}

/** Somebody's words; the name stands over the first of several. Nothing of it is ever markup. */
function saidItem(entry: Said, before: Entry | undefined): HTMLElement {
  const { chat } = words();
  const isFirst = before?.type !== 'said' || before.name !== entry.name || before.source !== entry.source;
  const who = element(
    'span',
    { class: 'who', dir: 'auto', 'data-hue': String(hueOf(entry.name)) },
    entry.name,
  );
  const head = element('p', { class: isFirst ? 'head' : 'spoken' }, who);
  if (entry.isMine) head.append(' ', element('span', { class: 'you' }, `(${chat.room.you})`));
  const text = element('p', { class: 'text', dir: 'auto' }, entry.text);
  const shown = element(
    'li',
    { class: `said from-${entry.source}`, 'data-mine': String(entry.isMine) },
    head,
    text,
  );
  const notes = [timeOf(entry), entry.tookMs === null ? '' : chat.took(entry.tookMs)];
  const note = notes.filter((one) => one !== '').join(' · ');
  if (note !== '') shown.append(element('p', { class: 'note' }, note));
  return shown;
}

function asideItem(entry: Exclude<Entry, Said>): HTMLElement {
  const { chat } = words();
  const text = entry.type === 'notice' ? chat.notice(entry.notice) : chat.remark(entry.remark);
  const kind = entry.type === 'notice' ? 'notice' : `remark ${entry.remark.type}`;
  const shown = element('li', { class: kind }, element('span', { dir: 'auto' }, text));
  if (entry.type === 'notice') shown.append(' ', element('span', { class: 'note' }, timeOf(entry)));
  return shown;
}

function timeOf({ atMs }: Entry): string {
  if (atMs === null) return '';
  return new Date(atMs).toLocaleTimeString(currentLanguage(), {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
}
