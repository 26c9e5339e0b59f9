const first = 0x20;
const last = 0x7e;

/** Whether the byte is an ASCII character that has a visible form, the space among them. */
export const isPrintable = (byte: number): boolean => byte >= first && byte <= last;
