import { DEMO_TRANSPORTS, type DemoTransport } from '../../../demo-talk.ts';

/** What a link to the chat says: `#room=lobby&transport=polling`. */
export interface ChatLink {
  readonly room: string | null;
  readonly transport: DemoTransport | null;
}

/** Reads the page's fragment, whatever else stands in it. */
export function readLink(fragment: string): ChatLink {
  const fields = new URLSearchParams(fragment.replace(/^#/, ''));
  const transport = DEMO_TRANSPORTS.find((one) => one === fields.get('transport'));
  return { room: fields.get('room') || null, transport: transport ?? null };
}

/** The fragment with the room and the transport in it, and all else as it was. */
export function withLink(
  fragment: string,
  link: { readonly room: string; readonly transport: DemoTransport },
): string {
  const fields = new URLSearchParams(fragment.replace(/^#/, ''));
  fields.set('room', link.room);
  fields.set('transport', link.transport);
  return `#${fields}`;
}
