import { type Model, models } from '../provisioning/words.ts';
import type { Capture } from './capture.ts';
import { type Asked, askedBy, beginsCheck, modelOf } from './compare-asked.ts';

/** Why a capture cannot be compared. */
export type CompareCode = 'NO_PHONE' | 'WHICH_PHONE';

/** A capture that shows no phone, or several. Match on `code`. */
export class CompareError extends Error {
  override readonly name = 'CompareError';
  readonly code: CompareCode;

  constructor(code: CompareCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** A phone in a capture. */
export interface CapturedPhone {
  readonly address: string;
  /** Twelve hex digits in capitals. */
  readonly mac: string;
  readonly model: Model;
  /** As its User-Agent tells; undefined: it asked for nothing over HTTP. */
  readonly software: string | undefined;
  /** What it asked for, in order. */
  readonly asked: readonly Asked[];
}

/** Of a phone that never names itself. */
const USUAL_MAC = '001B4F123001';

/** The one phone in a capture, or that at `address`. Throws `CompareError`. */
export function phoneIn(capture: Capture, address?: string): CapturedPhone {
  const addresses = [...new Set(capture.files.map((file) => file.address))];
  const phones = addresses.filter((one) => askedBy(capture, one).some(beginsCheck));
  const found = phones.length === 0 ? 'none' : phones.join(', ');
  if (address !== undefined && !phones.includes(address)) {
    throw new CompareError('NO_PHONE', `no phone at ${address}; found ${found}`);
  }
  const [only, ...others] = address === undefined ? phones : [address];
  if (only === undefined) {
    const expected = 'expected a capture in which one asks for <model>SIP.cfg over TFTP, FTP or HTTP';
    throw new CompareError(
      'NO_PHONE',
      `no phone that checks for updates in ${capture.packets} packets; ${expected}`,
    );
  }
  if (others.length > 0) {
    throw new CompareError(
      'WHICH_PHONE',
      `it shows ${phones.length} phones: ${found}; expected --phone with one`,
    );
  }
  return identityOf(capture, only);
}

function identityOf(capture: Capture, address: string): CapturedPhone {
  const asked = askedBy(capture, address);
  const [model] = asked.flatMap(({ file }) => (file === null ? [] : (modelOf(file) ?? [])));
  const [named] = asked.flatMap(({ file }) => /SIP([0-9A-F]{12})\.cfg$/i.exec(file ?? '')?.[1] ?? []);
  const agents = capture.files.filter((file) => file.address === address).map(({ userAgent }) => userAgent);
  const [version] = agents.flatMap(
    (agent) => /^AVAYA\/SIP12x0.*\/(\d\d(?:\.\d\d){3})$/s.exec(agent ?? '')?.[1] ?? [],
  );
  return {
    address,
    // Behind a router the link's sender is the router.
    mac: (named ?? capture.macs.get(address) ?? USUAL_MAC).toUpperCase(),
    model: models.find((known) => known === model) ?? '1230',
    software: version && `SIP12x0${version}`,
    asked,
  };
}
