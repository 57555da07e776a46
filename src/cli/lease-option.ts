import { InvalidArgumentError } from 'commander';
import { SECOND_MS } from '../clock/durations.ts';
import type { GivenOffer } from '../network/given-dhcp.ts';
import { isIpv4 } from '../provisioning/ipv4.ts';
import { leaseFromData } from '../provisioning/lease.ts';
import { withoutPassword } from '../provisioning/server-address-parts.ts';
import { shownValue } from '../report/secrets.ts';
import { duration, unknownWord } from './values.ts';

const INFO_BLOCK = 'Nortel-SIP-Phone-B,';

type Draft = { -readonly [K in keyof GivenOffer]?: GivenOffer[K] };

/** What a key of `--lease` puts into the offer. */
const keys: Readonly<Record<string, (draft: Draft, value: string) => void>> = {
  address: (draft, value) => {
    draft.address = addressIn(value);
  },
  mask: (draft, value) => {
    draft.mask = value;
  },
  router: (draft, value) => {
    draft.router = addressIn(value);
  },
  dns: (draft, value) => {
    draft.dns = [...(draft.dns ?? []), addressIn(value)];
  },
  domain: (draft, value) => {
    draft.domain = value;
  },
  server: (draft, value) => {
    draft.server = addressIn(value);
  },
  time: (draft, value) => {
    draft.leaseS = secondsIn(value);
  },
  t1: (draft, value) => {
    draft.t1S = secondsIn(value);
  },
  t2: (draft, value) => {
    draft.t2S = secondsIn(value);
  },
  option66: (draft, value) => {
    draft.provisioningServer = value;
  },
  settings: (draft, value) => {
    draft.infoBlock = `${INFO_BLOCK}${value}`;
  },
  after: (draft, value) => {
    draft.afterMs = duration(value);
  },
};

/** `KEY=VALUE,...` as the offer of one more DHCP server; `none`: there is none. */
export function leaseOffers(text: string, before: readonly GivenOffer[] = []): readonly GivenOffer[] {
  if (text === 'none') return before;
  const draft: Draft = {};
  for (const part of text.split(',')) {
    const equals = part.indexOf('=');
    const name = (equals === -1 ? part : part.slice(0, equals)).trim();
    const put = Object.hasOwn(keys, name) ? keys[name] : undefined;
    if (put === undefined) throw unknownWord(name, { what: 'part of a lease', known: Object.keys(keys) });
    if (equals === -1) throw new InvalidArgumentError(`"${part}": expected ${name}=VALUE.`);
    put(draft, part.slice(equals + 1).trim());
  }
  const { address, ...terms } = draft;
  if (address === undefined) {
    throw new InvalidArgumentError(
      'It names no address; expected such as address=10.0.0.5,mask=255.255.255.0.',
    );
  }
  const offer: GivenOffer = { ...terms, address };
  const reading = leaseFromData(offer);
  // A server may leave out its mask; what was given and is wrong is a slip.
  const [wrong] = reading.ok ? reading.doubts.filter(() => offer.mask !== undefined) : [reading.message];
  if (wrong !== undefined) throw new InvalidArgumentError(`No phone takes that as it is: ${wrong}.`);
  return [...before, offer];
}

/** Offers as they may be shown. */
export function withoutPasswords(offers: readonly GivenOffer[]): readonly GivenOffer[] {
  return offers.map(({ provisioningServer, infoBlock, ...offer }) => ({
    ...offer,
    ...(provisioningServer !== undefined && { provisioningServer: withoutPassword(provisioningServer) }),
    ...(infoBlock !== undefined && { infoBlock: withoutSecretSettings(infoBlock) }),
  }));
}

/** An info block as it may be shown. */
export function withoutSecretSettings(infoBlock: string): string {
  return infoBlock.replaceAll(
    /([^\s=,;]+)(\s*=\s*)([^;]*)/g,
    (_, name: string, equals: string, value: string) => `${name}${equals}${shownValue(name, value)}`,
  );
}

function addressIn(text: string): string {
  if (isIpv4(text)) return text;
  throw new InvalidArgumentError(`"${text}": expected dotted IPv4, such as 10.0.0.5.`);
}

function secondsIn(text: string): number {
  return Math.round(duration(text) / SECOND_MS);
}
