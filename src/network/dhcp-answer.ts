import { parseInfoBlock } from '../provisioning/info-block.ts';
import { type Lease, leaseFromData } from '../provisioning/lease.ts';
import { type DhcpIdentity, infoBlockCodes, messageTypes, vendorClasses } from './dhcp-messages.ts';
import { addressOptions, type DhcpOptions, numberOption, optionCodes, textOption } from './dhcp-options.ts';
import { type DhcpPacket, decodeDhcp, NO_ADDRESS } from './dhcp-packet.ts';

/** What a server says to this phone. */
export type DhcpAnswer =
  | { readonly type: 'offer' | 'acknowledgement'; readonly lease: Lease; readonly doubts: readonly string[] }
  | { readonly type: 'refusal'; readonly server: string; readonly message: string };

export type DhcpAnswerReading =
  | { readonly type: 'answer'; readonly answer: DhcpAnswer }
  /** It is for somebody else, or of an earlier series. */
  | { readonly type: 'not-ours' }
  | { readonly type: 'useless'; readonly why: string };

/** Reads a datagram as an answer to messages of this phone and series. Never throws. */
export function readDhcpAnswer(bytes: Buffer, identity: DhcpIdentity, xid: number): DhcpAnswerReading {
  const reading = decodeDhcp(bytes);
  if (!reading.ok) return useless(reading.why);
  const { packet } = reading;
  if (packet.direction !== 'to-client' || packet.xid !== xid || packet.mac !== identity.mac) {
    return { type: 'not-ours' };
  }
  const { messageType, server: serverCode, message } = optionCodes;
  const type = packet.options.get(messageType)?.[0];
  // RFC 2131 table 3: each of the three must name its server. Without that nobody can be asked for it.
  const [server] = addressOptions(packet.options, serverCode) ?? [];
  if (server === undefined) return useless(`message of type ${type} names no server (option 54)`);
  switch (type) {
    case messageTypes.offer:
      return readLease('offer', packet, { server, identity });
    case messageTypes.acknowledge:
      return readLease('acknowledgement', packet, { server, identity });
    case messageTypes.refuse: {
      const refusal = {
        type: 'refusal',
        server,
        message: textOption(packet.options, message) ?? '',
      } as const;
      return { type: 'answer', answer: refusal };
    }
    default:
      return useless(`message of type ${type} from ${server}`);
  }
}

function readLease(
  type: 'offer' | 'acknowledgement',
  { yiaddr, options }: DhcpPacket,
  { server, identity }: { readonly server: string; readonly identity: DhcpIdentity },
): DhcpAnswerReading {
  const leaseS = numberOption(options, optionCodes.leaseTime);
  if (yiaddr === NO_ADDRESS) return useless(`${type} of ${server} holds no address`);
  if (leaseS === undefined) return useless(`${type} of ${server} does not say for how long (option 51)`);
  const infoBlock = infoBlockCodes
    .map((code) => textOption(options, code))
    .find((text) => text !== undefined && parseInfoBlock(text) !== undefined);
  const reading = leaseFromData({
    ...{ address: yiaddr, server, leaseS },
    ...present('mask', addressOptions(options, optionCodes.mask)?.[0]),
    ...present('router', addressOptions(options, optionCodes.router)?.[0]),
    ...present('dns', addressOptions(options, optionCodes.dns)),
    ...present('domain', filled(options, optionCodes.domain)),
    ...present('broadcast', addressOptions(options, optionCodes.broadcast)?.[0]),
    ...present('t1S', numberOption(options, optionCodes.renewalTime)),
    ...present('t2S', numberOption(options, optionCodes.rebindingTime)),
    ...present('provisioningServer', filled(options, optionCodes.provisioningServer)),
    ...present('infoBlock', infoBlock),
    echoesClass: textOption(options, optionCodes.vendorClass) === vendorClasses[identity.software],
  });
  if (!reading.ok) return useless(`${type} of ${server}: ${reading.message}`);
  return { type: 'answer', answer: { type, lease: reading.lease, doubts: reading.doubts } };
}

function filled(options: DhcpOptions, code: number): string | undefined {
  return textOption(options, code)?.trim() || undefined;
}

/** A property, or none for what is undefined. */
function present<K extends string, V>(name: K, value: V | undefined): { readonly [N in K]?: V } {
  const property: { [N in K]?: V } = {};
  if (value !== undefined) property[name] = value;
  return property;
}

function useless(why: string): DhcpAnswerReading {
  return { type: 'useless', why };
}
