import type { Datagram } from './pcap-traffic.ts';

/** A message of a phone to DHCP servers. */
export interface SeenDhcp {
  readonly atMs: number;
  /** Twelve hex digits in capitals. */
  readonly mac: string;
  /** Option 53: 1 is DISCOVER, 3 REQUEST. */
  readonly type: number;
  /** Option 61 in hex; absent: it was not sent. */
  readonly clientIdentifier?: string;
}

/** A question for the time, or a SIP NOTIFY. */
export interface SeenMoment {
  readonly atMs: number;
  /** Of the phone. */
  readonly address: string;
}

const DHCP_SERVER_PORT = 67;
const SNTP_PORT = 123;
const OPTIONS_AT = 240;
const MAGIC_COOKIE = 0x63825363;
const MESSAGE_TYPE = 53;
const CLIENT_IDENTIFIER = 61;

/** What phones said to DHCP servers. RFC 2131, 2; RFC 2132. */
export function seenDhcp(datagrams: readonly Datagram[]): readonly SeenDhcp[] {
  return datagrams.flatMap(({ to, bytes, atMs }): SeenDhcp[] => {
    if (to.port !== DHCP_SERVER_PORT || bytes.length < OPTIONS_AT || bytes.readUInt8(0) !== 1) return [];
    if (bytes.readUInt32BE(OPTIONS_AT - 4) !== MAGIC_COOKIE) return [];
    const options = optionsIn(bytes.subarray(OPTIONS_AT));
    const identifier = options.get(CLIENT_IDENTIFIER)?.toString('hex').toUpperCase();
    return [
      {
        atMs,
        mac: bytes.subarray(28, 34).toString('hex').toUpperCase(),
        type: options.get(MESSAGE_TYPE)?.[0] ?? 0,
        ...(identifier !== undefined && { clientIdentifier: identifier }),
      },
    ];
  });
}

/** Questions of clients for the time (mode 3). RFC 5905, 7.3. */
export function seenSntp(datagrams: readonly Datagram[]): readonly SeenMoment[] {
  return datagrams
    .filter(({ to, bytes }) => to.port === SNTP_PORT && bytes.length >= 48 && (bytes.readUInt8(0) & 7) === 3)
    .map(({ atMs, from }) => ({ atMs, address: from.address }));
}

/** NOTIFYs that reached a phone over UDP. RFC 6665. */
export function seenNotify(datagrams: readonly Datagram[]): readonly SeenMoment[] {
  return datagrams
    .filter(({ bytes }) => bytes.toString('latin1', 0, 11).startsWith('NOTIFY sip:'))
    .map(({ atMs, to }) => ({ atMs, address: to.address }));
}

function optionsIn(bytes: Buffer): ReadonlyMap<number, Buffer> {
  const options = new Map<number, Buffer>();
  for (let offset = 0; offset + 1 < bytes.length; ) {
    const code = bytes.readUInt8(offset);
    if (code === 255) break;
    if (code === 0) {
      offset += 1;
      continue;
    }
    const end = offset + 2 + bytes.readUInt8(offset + 1);
    options.set(code, bytes.subarray(offset + 2, end));
    offset = end;
  }
  return options;
}
