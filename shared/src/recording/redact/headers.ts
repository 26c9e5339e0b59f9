/**
 * Finds the values of header fields that carry secrets (RFC 9110 §11, RFC 6265) in the bytes of one direction of a stream,
 * piece by piece: what a field began in one chunk goes on in the next. A line that begins with such a name counts
 * wherever it stands: rather too much is hidden than too little.
 */
const names = ['authorization', 'proxy-authorization', 'cookie', 'set-cookie'] as const;
const longestName = Math.max(...names.map(({ length }) => length));
const [lineFeed, carriageReturn, space, tab, colon] = [0x0a, 0x0d, 0x20, 0x09, 0x3a];

export class HeaderValues {
  /** What stands of the present line so far, in lower case; null: it is no name, or too long for one. */
  #name: string | null = '';
  /** Whether the field's value has begun; a line that begins with a blank goes on with it (RFC 9112 §5.2). */
  #isSecret = false;
  #isLineStart = true;
  #hasBegun = false;

  /** Calls `hide` with the place of each byte to hide; `isFirst` when it is the first of its value. */
  add(bytes: Uint8Array, hide: (at: number, isFirst: boolean) => void): void {
    bytes.forEach((byte, at) => {
      if (this.#isValue(byte)) {
        hide(at, !this.#hasBegun);
        this.#hasBegun = true;
      }
    });
  }

  #isValue(byte: number): boolean {
    if (byte === lineFeed) {
      this.#isLineStart = true;
      return false;
    }
    const isBlank = byte === space || byte === tab;
    if (this.#isLineStart) this.#begin(isBlank);
    if (this.#isSecret) return byte !== carriageReturn && (this.#hasBegun || !isBlank);
    this.#read(byte, isBlank);
    return false;
  }

  #begin(isBlank: boolean): void {
    this.#isLineStart = false;
    if (isBlank && this.#isSecret) return;
    this.#isSecret = false;
    this.#hasBegun = false;
    this.#name = '';
  }

  #read(byte: number, isBlank: boolean): void {
    if (this.#name === null) return;
    if (byte === colon) {
      const name = this.#name;
      this.#isSecret = names.some((secret) => secret === name);
      this.#name = null;
    } else if (!isBlank) {
      this.#name = this.#name.length < longestName ? this.#name + lower(byte) : null;
    }
  }
}

const lower = (byte: number) => String.fromCharCode(byte).toLowerCase();
