import { Positions } from './positions.ts';

const nothing = new Positions();

/** Where the kept rows of each socket are, in order. */
export class PerSocket {
  readonly #positions = new Map<number, Positions>();

  of(socket: number): Positions {
    return this.#positions.get(socket) ?? nothing;
  }

  append(socket: number, position: number): void {
    const known = this.#positions.get(socket);
    const positions = known ?? new Positions();
    if (known === undefined) this.#positions.set(socket, positions);
    positions.push(position);
  }

  forgetBefore(position: number): void {
    for (const [socket, positions] of this.#positions) {
      positions.dropFront(positions.firstFrom(position));
      if (positions.length === 0) this.#positions.delete(socket);
    }
  }

  clear(): void {
    this.#positions.clear();
  }
}
