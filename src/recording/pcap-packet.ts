/** A packet as a capture file holds it. */
export interface CapturedPacket {
  /** From 1, as Wireshark counts. */
  readonly number: number;
  /** Milliseconds since 1970, with what is finer behind the point. */
  readonly atMs: number;
  /** LINKTYPE_ number of what the bytes begin with. */
  readonly link: number;
  readonly bytes: Buffer;
  /** Bytes of it that were on the wire and are not in the file (the capture's snapshot length). */
  readonly missing: number;
}

/** Longest packet that is read; libpcap's MAXIMUM_SNAPLEN. */
export const PACKET_BYTES_MAX = 262_144;
/** Packets of one capture. Our own bound. */
export const PACKETS_MAX = 5_000_000;
