/** A file on its way out. */
export type Piece = Uint8Array<ArrayBuffer>;
export type Pieces = AsyncGenerator<Piece, void>;

export function joined(pieces: readonly Uint8Array[]): Piece {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
