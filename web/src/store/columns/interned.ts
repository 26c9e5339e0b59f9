/** A table of the few different values of many rows: a row keeps the number of its value. */
export class Interned<Value, Key> {
  readonly values: Value[] = [];
  readonly #numbers = new Map<Key, number>();
  readonly #keyOf: (value: Value) => Key;
  /** What was asked for last: in a flood it mostly comes again, and to make its key costs more than all else. */
  #last: Value | null = null;
  #lastNumber = 0;

  constructor(keyOf: (value: Value) => Key) {
    this.#keyOf = keyOf;
  }

  /** The value's number. `values` is longer than before when it is new. */
  number(value: Value): number {
    if (this.#last === value) return this.#lastNumber;
    const key = this.#keyOf(value);
    this.#lastNumber = this.#numbers.get(key) ?? this.#add(key, value);
    this.#last = value;
    return this.#lastNumber;
  }

  #add(key: Key, value: Value): number {
    this.#numbers.set(key, this.values.length);
    return this.values.push(value) - 1;
  }

  /** Nothing will be added: what was only needed for that goes. */
  seal(): void {
    this.#numbers.clear();
    this.#last = null;
  }
}
