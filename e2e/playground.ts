/** The page by what a person calls its parts: roles and names, nothing else. */
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

export class Playground {
  readonly page: Page;
  readonly sockets: Locator;
  readonly conversation: Locator;
  readonly traffic: Locator;
  readonly log: Locator;
  readonly bytes: Locator;
  readonly message: Locator;
  readonly filter: Locator;
  readonly follow: Locator;
  readonly newServer: Locator;
  readonly newClient: Locator;
  readonly sessions: Locator;

  constructor(page: Page) {
    this.page = page;
    this.sockets = page.getByRole('region', { name: 'Sockets', exact: true });
    this.conversation = page.getByRole('region', { name: 'Conversation', exact: true });
    this.traffic = page.getByRole('region', { name: 'Traffic', exact: true });
    this.log = page.getByRole('grid', { name: 'Packet log', exact: true });
    this.bytes = page.getByRole('region', { name: 'Bytes', exact: true });
    this.message = page.getByRole('textbox', { name: 'Message', exact: true });
    this.filter = page.getByRole('textbox', { name: 'Filter', exact: true });
    this.follow = this.button('Follow');
    this.newServer = page.getByRole('dialog', { name: 'New server', exact: true });
    this.newClient = page.getByRole('dialog', { name: 'New client', exact: true });
    this.sessions = page.getByRole('dialog', { name: 'Open a session', exact: true });
  }

  /** Goes to the agent's link and waits until the page has met the agent. */
  async open(url: string): Promise<void> {
    await this.page.goto(url);
    await expect(this.lamp).toHaveText(new URL(url).host);
  }

  /** Waits for the page's lazy parts too: from then on it can be without the agent that serves them. */
  async whole(): Promise<void> {
    const marks = () => performance.getEntriesByName('lazy parts fetched').length;
    await expect.poll(() => this.page.evaluate(marks)).toBe(1);
  }

  /** Where the agent is, and whether it answers. */
  get lamp(): Locator {
    return this.page.getByRole('banner').getByRole('status');
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** The card of a socket; `says`: what else its name has. */
  card(socket: number, says = ''): Locator {
    return this.sockets.getByRole('button', { name: new RegExp(`^#${socket}\\b.*${says}`, 's') });
  }

  /** Rows of the log whose text has this. */
  rows(says: RegExp | string): Locator {
    return this.log.getByRole('row').filter({ hasText: says });
  }

  /** How many rows the log has, and those in view as text, top to bottom. */
  async rowTexts(): Promise<readonly string[]> {
    const texts = await this.log.getByRole('row').allInnerTexts();
    const rows = texts.slice(1).map((text) => text.replaceAll(/\s+/g, ' '));
    return [`${await this.log.getAttribute('aria-rowcount')} rows`, ...rows];
  }

  /** Writes a message and sends it. */
  async say(text: string): Promise<void> {
    await this.message.fill(text);
    await this.button('Send').click();
    await expect(this.message).toHaveValue('');
  }

  /** What is shown, or could be: `Live`, or the name of a recording. */
  tab(name: string): Locator {
    return this.page.getByRole('banner').getByRole('tab', { name, exact: true });
  }

  /** Opens a file through the dialog. */
  async openFile(file: OpenedFile): Promise<void> {
    await this.button('Open').click();
    const chooser = this.page.waitForEvent('filechooser');
    await this.sessions.getByRole('button', { name: 'Open a file …', exact: true }).click();
    await (await chooser).setFiles(file);
  }

  async selectSocket(socket: number): Promise<void> {
    await this.card(socket).click();
    await expect(this.card(socket)).toHaveAttribute('aria-current', 'true');
  }

  /** The address a datagram goes to. */
  get sendTo(): Locator {
    return this.page.getByRole('textbox', { name: 'Send to', exact: true });
  }

  /** Fills the open form New server. */
  async fillServer({ protocol, behaviour, host, port }: ServerForm): Promise<void> {
    const form = this.newServer;
    if (protocol !== undefined) await form.getByRole('radio', { name: protocol, exact: true }).click();
    if (behaviour !== undefined) await form.getByRole('radio', { name: behaviour, exact: true }).check();
    if (host !== undefined) await form.getByLabel('Host', { exact: true }).fill(host);
    if (port !== undefined) await form.getByLabel('Port', { exact: true }).fill(String(port));
  }

  /** The hex dump's text as `61 62 0a` in lines. */
  get dump(): Locator {
    return this.bytes.getByRole('group', { name: 'Hex dump', exact: true });
  }
}

/** A path, or what a file would have in it. */
type OpenedFile = string | { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };

export interface ServerForm {
  readonly protocol?: 'TCP' | 'UDP';
  readonly behaviour?: string;
  readonly host?: string;
  readonly port?: number;
}
