/** A table of the few different values of many rows: a row keeps the number of its value. */
export class Interned<Value, Key> {
  readonly values: Value[] = [];
  readonly #numbers = new Map<Key, number>();
  readonly #keyOf: (value: Value) => Key;

  constructor(keyOf: (value: Value) => Key) {
    this.#keyOf = keyOf;
  }

  /** The value's number. `values` is longer than before when it is new. */
  number(value: Value): number {
    const key = this.#keyOf(value);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.values.length);
    return this.values.push(value) - 1;
  }

  /** Nothing will be added: what was only needed for that goes. */
  seal(): void {
    this.#numbers.clear();
  }
}
