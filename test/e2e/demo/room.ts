import type { Locator, Page } from 'playwright-core';
import type { DemoTransport } from '../../../src/demo-talk.ts';
import { eventually, type Visited } from './house.ts';

/** One visitor of the chat with a page of its own. */
export class Guest {
  readonly page: Page;
  readonly troubles: readonly string[];
  readonly name: string;

  private constructor({ page, troubles }: Visited, name: string) {
    this.page = page;
    this.troubles = troubles;
    this.name = name;
  }

  /** Fills in the form and sends it off. */
  static async ask(visited: Visited, room: string, name: string, transport: DemoTransport): Promise<Guest> {
    const { page } = visited;
    await page.getByRole('textbox', { name: 'Your name' }).fill(name);
    await page.getByRole('combobox', { name: 'Room' }).fill(room);
    await page.locator(`.way[data-transport="${transport}"]`).click();
    await page.getByRole('button', { name: 'Join' }).click();
    return new Guest(visited, name);
  }

  /** And is let in. */
  static async come(visited: Visited, room: string, name: string, transport: DemoTransport): Promise<Guest> {
    const guest = await Guest.ask(visited, room, name, transport);
    await guest.is('connected');
    return guest;
  }

  get box(): Locator {
    return this.page.getByRole('textbox', { name: 'Message' });
  }

  async say(text: string): Promise<void> {
    await this.box.fill(text);
    await this.box.press('Enter');
  }

  async is(presence: 'connected' | 'reconnecting'): Promise<void> {
    await eventually(() => this.page.locator('.presence').textContent()).toBe(presence);
  }

  /** What was said, as it stands there. */
  heard(): Promise<string[]> {
    return this.page.locator('.said .text').allTextContents();
  }

  /** Who comes and goes, and what the page has to say. */
  asides(kind: 'notice' | 'remark'): Promise<string[]> {
    return this.page.locator(`.${kind} > span[dir]`).allTextContents();
  }

  people(): Promise<string[]> {
    return this.page.locator('.people .who').allTextContents();
  }

  /** What is wrong, at the field that it is about. */
  complaint(field: 'chat-name-error' | 'chat-room-error' | 'chat-not-sent'): Promise<string | null> {
    return this.page.locator(`#${field}`).textContent();
  }
}
