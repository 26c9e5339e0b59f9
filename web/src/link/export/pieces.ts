/** A file on its way out. */
export type Piece = Uint8Array<ArrayBuffer>;
export type Pieces = AsyncGenerator<Piece, void>;
