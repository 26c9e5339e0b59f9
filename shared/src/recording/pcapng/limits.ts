const kibi = 1024;

/** What a capture may ask of its reader, and what a writer asks of others. */
export const pcapngLimits = {
  /** An option's value: its length has 16 bits (draft-ietf-opsawg-pcapng §3.5), and values are padded to 4 bytes. */
  optionBytes: 65_532,
  /** Comments that wait for the next packet: then they get a block of their own. */
  waitingBytes: 32 * kibi,
  waitingComments: 64,
  /** Bytes of payload in one block that holds no packet. */
  holderBytes: 16 * 65_532,
  /** The largest block that is read: Wireshark refuses larger ones too. */
  blockBytes: 16 * kibi * kibi,
  /** So much of a file is read at once, unless a block is larger. */
  windowBytes: 1024 * kibi,
  /** The largest packet of a classic pcap file that is read. */
  packetBytes: 256 * kibi,
  /** Interfaces of one section. */
  interfaces: 4_096,
  /** Conversations of a capture that are told apart at one time. */
  conversations: 65_536,
  /** Datagrams on their way from one of our sockets to another that are remembered. */
  datagrams: 1_024,
  /** Bytes of one direction nobody acknowledged: far from where sequence numbers come round. */
  unacknowledgedBytes: 256 * kibi * kibi,
} as const;
