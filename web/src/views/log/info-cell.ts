/** The Info column of a row: a verb and bytes or what they mean, a failure's code, or words. */
import { unreachable } from '@socket-playground/shared/unreachable.ts';
import { cut } from '../drawn.ts';
import type { EventCells } from './row.ts';
import { nothingText } from './texts.ts';
import { element, setText, text } from './write.ts';

type Shape = EventCells['info']['is'] | 'empty';

export class InfoCell {
  readonly element = element('span', 'info clip', { role: 'gridcell' });
  readonly #words = document.createTextNode('');
  readonly #code = element('span', 'code');
  readonly #verb = element('span', 'verb');
  readonly #bytes = element('span', 'bytes');
  readonly #nothing = element('span', 'quiet');
  readonly #codeText = text(this.#code);
  readonly #verbText = text(this.#verb);
  readonly #nothingText = text(this.#nothing);
  readonly #runs = new Runs(this.#bytes);
  #shape: Shape | null = null;

  show({ info, protocol }: EventCells): void {
    switch (info.is) {
      case 'life':
        setText(this.#words, cut(info.text));
        return this.#hold('life', [this.#words]);
      case 'failure':
        setText(this.#codeText, cut(info.code));
        setText(this.#words, ` ${cut(info.text)}`);
        return this.#hold('failure', [this.#code, this.#words]);
      case 'message':
        setText(this.#verbText, info.verb);
        setText(this.#words, cut(info.text));
        return this.#hold('message', [this.#verb, this.#words]);
      case 'data':
        setText(this.#verbText, info.verb);
        if (info.empty) setText(this.#nothingText, nothingText(protocol));
        else this.#runs.show(info.runs);
        return info.empty
          ? this.#hold('empty', [this.#verb, this.#nothing])
          : this.#hold('data', [this.#verb, this.#bytes]);
      default:
        return unreachable(info);
    }
  }

  #hold(shape: Shape, parts: readonly Node[]): void {
    if (this.#shape !== shape) this.element.replaceChildren(...parts);
    this.#shape = shape;
  }
}

interface Run {
  readonly text: string;
  readonly escaped: boolean;
}

/** Bytes as text, what is escaped set apart. Most payloads of a log are alike: a plain run, and the end of the line. */
class Runs {
  readonly #host: Element;
  #texts: readonly Text[] = [];
  #shape = '';

  constructor(host: Element) {
    this.#host = host;
  }

  show(runs: readonly Run[]): void {
    const shape = runs.map(({ escaped }) => (escaped ? 'e' : '-')).join('');
    if (shape !== this.#shape) this.#make(runs);
    this.#shape = shape;
    for (const [at, run] of runs.entries()) {
      const known = this.#texts[at];
      if (known !== undefined) setText(known, run.text);
    }
  }

  #make(runs: readonly Run[]): void {
    this.#host.replaceChildren();
    this.#texts = runs.map(({ escaped }) => {
      if (!escaped) return text(this.#host);
      const part = element('i', 'ctl');
      this.#host.append(part);
      return text(part);
    });
  }
}
