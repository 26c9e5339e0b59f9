import type { TcpState } from './view.ts';

/** What each state of a TCP socket means, and who waits for whom (RFC 9293 §3.3.2, tcp(7)). */
export const stateMeanings: Readonly<Record<TcpState, string>> = {
  LISTEN:
    'Waits for clients. The kernel shakes hands with them by itself; whoever is through waits to be accepted.',
  SYN_SENT: 'SYN is sent. It waits for an answer; while none comes, SYN is sent again, each time later.',
  SYN_RECV: 'SYN came and was answered. It waits for the last ACK of the handshake.',
  ESTABLISHED: 'The handshake is done, and neither side has sent FIN: both may send.',
  FIN_WAIT1: 'This side has sent FIN. It waits for the other kernel to acknowledge it.',
  FIN_WAIT2: 'FIN is acknowledged. It waits for the FIN of the other side, whose program has not closed yet.',
  CLOSING: 'Both sides sent FIN at the same time. It waits for the acknowledgement of its own.',
  TIME_WAIT:
    'Both FINs are through, and this side sent its own first. The kernel keeps the pair of addresses for a while, so that late segments are not taken for those of a new connection.',
  CLOSE_WAIT: 'The other side has sent FIN. Everything waits for this program to close.',
  LAST_ACK: 'The other side sent FIN first, now this one has too. It waits for the last acknowledgement.',
  CLOSE: 'Not connected: nothing is sent or received.',
};
