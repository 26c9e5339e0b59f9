/**
 * A batch, as a page receives it: events with all left out that the one before tells too. In a flood nearly all are
 * transfers on a few sockets, and many say what others said: such a one takes two to five bytes, where its record takes 36.
 *
 *     0  f64  seq of the first event, little endian; the others follow it one by one
 *     8  f64  its time (ns since the epoch)
 *    16       the events
 *
 * An event begins with a byte that says what follows. Numbers are in sevens of bits, the lowest first, each byte but the last
 * with its top bit set (LEB128). `ns` is the time since the event before, 0 for the first; `socket` is 0 for none.
 *
 *     odd   a transfer: ns, [socket], [the remote address: u16 port, u8 length, host in ASCII], [size, and how many events
 *           before it the one with the same data is, or (their length, when they are cut, and) the data]. The bits below say
 *           which of these are there
 *     even  2 and more: type (position in `eventTypes`, plus 1, times 2), ns, socket, length and the fields as JSON
 *     0     what fits neither: its record, as `layout.ts` has it
 */
export const timeAt = 8;
export const firstEventAt = 16;

/** The bits of a transfer. */
export const isTransfer = 1;
export const isReceived = 2;
export const isCut = 4;
export const isRepeat = 8;
export const hasRemote = 16;
/** The address is that of the transfer before that had one, and not written again. */
export const isSameRemote = 32;
/** The socket is that of the transfer before. */
export const isSameSocket = 64;
/** Size and data are those of the transfer before, cut or not as they are there. */
export const isSameData = 128;

/** Bytes of the longest number, and what is too much for one: a u32 always fits. */
export const longestNumber = 5;
export const numberLimit = 2 ** (7 * longestNumber);
