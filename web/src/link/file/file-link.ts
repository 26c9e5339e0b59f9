/** A recording opened from a file. Who reads files comes with the first of them: most people open none. */
import type { Command } from '@socket-playground/shared/commands/verbs.ts';
import type { Link, LinkListener, SearchQuery } from '../link.ts';
import type { SaveRequest } from '../sessions/sessions.ts';

export class FileLink implements Link {
  readonly #file: File;
  #reader: Promise<Link> | null = null;
  #stopped = false;

  constructor(file: File) {
    this.#file = file;
  }

  start(listener: LinkListener): void {
    void this.#read().then((link) => {
      if (!this.#stopped) link.start(listener);
    });
  }

  stop(): void {
    this.#stopped = true;
    void this.#reader?.then((link) => link.stop());
  }

  retryNow(): void {
    // A file does not come back.
  }

  async run(command: Command) {
    return (await this.#read()).run(command);
  }

  async payload(seq: number) {
    return (await this.#read()).payload(seq);
  }

  async search(query: SearchQuery) {
    return (await this.#read()).search(query);
  }

  async kernel(sockets: readonly number[]) {
    return (await this.#read()).kernel(sockets);
  }

  async save(request: SaveRequest) {
    return (await this.#read()).save(request);
  }

  #read(): Promise<Link> {
    this.#reader ??= import('./recorded.ts').then(({ RecordedLink }) => new RecordedLink(this.#file));
    return this.#reader;
  }
}
