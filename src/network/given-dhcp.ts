import { Buffer } from 'node:buffer';
import type { Clock } from '../clock/clock.ts';
import { GIVEN_LEASE_S, type LeaseTerms } from '../provisioning/lease.ts';
import { messageTypes } from './dhcp-messages.ts';
import { addressOptions, type DhcpOptions, optionCodes } from './dhcp-options.ts';
import { addressBytes, type DhcpPacket, decodeDhcp, encodeDhcp, NO_ADDRESS } from './dhcp-packet.ts';
import type { OpenDhcpWire } from './dhcp-wire.ts';

/** What one DHCP server of a network that is given as data says to whoever asks it. */
export interface GivenOffer extends LeaseTerms {
  /** From question to answer, ms; 1 if not given. */
  readonly afterMs?: number;
}

/**
 * A network with the DHCP servers of these offers, and no socket: each answers a DISCOVER with its offer, and
 * acknowledges what is its own. None: nobody answers. Whoever asks cannot tell it from a real one.
 */
export function givenDhcpWire(clock: Clock, offers: readonly GivenOffer[]): OpenDhcpWire {
  return async (_interfaceName, listener) => {
    let open = true;
    return {
      send: (bytes) => {
        const reading = decodeDhcp(Buffer.from(bytes));
        if (!reading.ok) return;
        for (const { packet, afterMs } of answersTo(reading.packet, offers)) {
          const deliver = () => void (open && listener.onDatagram(encodeDhcp(packet)));
          clock.setTimeout(deliver, afterMs);
        }
      },
      close: () => {
        open = false;
      },
    };
  };
}

interface TimedAnswer {
  readonly packet: DhcpPacket;
  readonly afterMs: number;
}

function answersTo(asked: DhcpPacket, offers: readonly GivenOffer[]): readonly TimedAnswer[] {
  const isDiscover = asked.options.get(optionCodes.messageType)?.[0] === messageTypes.discover;
  if (isDiscover) return offers.map((offer) => answer(asked, offer, messageTypes.offer));
  const [server] = addressOptions(asked.options, optionCodes.server) ?? [];
  const [wanted = asked.ciaddr] = addressOptions(asked.options, optionCodes.requestedAddress) ?? [];
  const meant = offers.filter((offer) => server === undefined || serverOf(offer) === server);
  const own = meant.find(({ address }) => address === wanted);
  if (own !== undefined) return [answer(asked, own, messageTypes.acknowledge)];
  return meant.slice(0, 1).map((offer) => answer(asked, offer, messageTypes.refuse));
}

function answer(asked: DhcpPacket, offer: GivenOffer, type: number): TimedAnswer {
  const isRefusal = type === messageTypes.refuse;
  const head: DhcpOptions = new Map<number, Uint8Array>([
    [optionCodes.messageType, Buffer.of(type)],
    [optionCodes.server, addressBytes(serverOf(offer))],
  ]);
  return {
    afterMs: offer.afterMs ?? 1,
    packet: {
      ...asked,
      direction: 'to-client',
      ciaddr: NO_ADDRESS,
      yiaddr: isRefusal ? NO_ADDRESS : offer.address,
      options: isRefusal ? head : new Map([...head, ...termsOf(offer, asked)]),
    },
  };
}

function serverOf({ server, router }: GivenOffer): string {
  return server ?? router ?? NO_ADDRESS;
}

function termsOf(offer: GivenOffer, asked: DhcpPacket): DhcpOptions {
  const { mask, router, dns, domain, broadcast, t1S, t2S, provisioningServer, infoBlock } = offer;
  const options = new Map<number, Uint8Array>();
  const put = (code: number, value: Uint8Array | undefined) => value && options.set(code, value);
  put(optionCodes.mask, mask === undefined ? undefined : addressBytes(mask));
  put(optionCodes.router, router === undefined ? undefined : addressBytes(router));
  put(optionCodes.dns, dns?.length ? Buffer.concat(dns.map(addressBytes)) : undefined);
  put(optionCodes.domain, textBytes(domain));
  put(optionCodes.broadcast, broadcast === undefined ? undefined : addressBytes(broadcast));
  put(optionCodes.leaseTime, secondsBytes(offer.leaseS ?? GIVEN_LEASE_S));
  put(optionCodes.renewalTime, secondsBytes(t1S));
  put(optionCodes.rebindingTime, secondsBytes(t2S));
  put(optionCodes.provisioningServer, textBytes(provisioningServer));
  put(optionCodes.vendorSpecific, textBytes(infoBlock));
  if (offer.echoesClass === true) {
    put(optionCodes.vendorClass, asked.options.get(optionCodes.vendorClass));
  }
  return options;
}

function textBytes(text: string | undefined): Buffer | undefined {
  return text === undefined ? undefined : Buffer.from(text, 'latin1');
}

function secondsBytes(seconds: number | undefined): Buffer | undefined {
  if (seconds === undefined) return undefined;
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(seconds);
  return bytes;
}
