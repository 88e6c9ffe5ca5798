import type { Gate, Round } from '../../../measurements.ts';
import { notesOf } from '../../words/flags.ts';
import { clean, counted } from '../../words/text.ts';
import { type Html, html, nothing } from '../markup.ts';
import type { Section } from '../shell.ts';
import { tableOf } from '../tables.ts';

/** What makes figures doubtful, the gravest first. */
export function notesSection(rounds: readonly Round[], absences: readonly string[] = []): Section {
  const notes = notesOf({ rounds });
  const items = [
    ...absences.map((text) => html`<li class="grave">${text}</li>`),
    ...notes.map(({ fatal, text }) =>
      fatal ? html`<li class="grave">${text}</li>` : html`<li>${text}</li>`,
    ),
  ];
  const body = items.length === 0 ? nothing : html`<ul class="notes">${items}</ul>`;
  return { id: 'notes', title: 'What to keep in mind', body };
}

/** What had to hold, and whether it did. */
export function gatesSection(gates: readonly Gate[]): Section {
  const columns = ['gate', 'asked', 'found', 'where it was asked'].map((name) => ({
    ...{ group: '', name },
    align: 'left' as const,
  }));
  const rows = gates.map(({ rule, passed, found, place }) =>
    [passed ? '✓ passed' : '✗ failed', clean(rule), clean(found), clean(place)].map((text) => ({
      ...{ text, isBest: false },
      isFailed: !passed,
    })),
  );
  return { id: 'gates', title: 'Gates', body: tableOf({ title: 'What had to hold', columns, rows }) };
}

/** That some gate failed; empty where none did. */
export function gateAlerts(gates: readonly Gate[]): string[] {
  const failed = gates.filter(({ passed }) => !passed);
  return failed.length === 0 ? [] : [`${failed.length} of ${counted(gates.length, 'gate')} failed.`];
}

/** Sentences as a list; nothing where there are none. */
export function listOf(sentences: readonly string[]): Html {
  return sentences.length === 0 ? nothing : html`<ul>${sentences.map((text) => html`<li>${text}</li>`)}</ul>`;
}
