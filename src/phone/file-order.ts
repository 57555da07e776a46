import { deviceCertificateOf, storedTrust } from '../device/circumstances.ts';
import { seenJunkByte, userAgentOf } from '../device/wire-identity.ts';
import { limitsOf } from '../provisioning/limits.ts';
import { settingOf } from '../provisioning/parameters.ts';
import type { Section } from '../provisioning/section.ts';
import { placeOf, type Source } from '../provisioning/section-source.ts';
import type { FileRequest, TlsSettings } from '../transport/transport.ts';
import type { PhoneUnit } from './phone-unit.ts';

/** Documented: M44 p64, HTTP_RETRY_NUMBER: 0 = as long as the answer is 503. */
const UNTIL_TOTAL = '0';

/** A file of a source as this phone, with the software and settings it has now, would ask for it. */
export function requestOf(
  unit: PhoneUnit,
  kind: Section['name'] | 'provisioning-file',
  source: Source,
  path: string,
): FileRequest {
  const { setup } = unit;
  const flash = setup.flash.read();
  const retries = settingOf(flash.settings, 'HTTP_RETRY_NUMBER');
  return {
    ...placeOf(source, path),
    ...(setup.localAddress !== undefined && { localAddress: setup.localAddress }),
    userAgent: userAgentOf(flash.software, junkByte(unit, flash.software)),
    retriesOf503: retries === UNTIL_TOTAL ? 'until-total' : Number(retries),
    ...(source.protocol === 'https' && { tls: tlsOf(unit) }),
    limits: limitsOf(kind, source.protocol),
  };
}

function junkByte({ setup }: PhoneUnit, software: string): number | undefined {
  return setup.userAgentByte === 'seen' ? seenJunkByte(software) : setup.userAgentByte;
}

/**
 * Roots: those the user names, and the customer roots that [USER_KEYS] brought. Client certificate: that of
 * [DEV_CERT], which S43 p40 asks for. Assumed: the policy's TLS_CIPHER is for calls and does not bear on
 * files.
 */
function tlsOf({ setup }: PhoneUnit): TlsSettings {
  const flash = setup.flash.read();
  const body = (sha256: string) => setup.flash.body(sha256);
  const { roots } = storedTrust(flash, body);
  const device = deviceCertificateOf(flash, body);
  return {
    ca: [...setup.ca, ...roots],
    verify: setup.tlsVerify,
    ...(device !== undefined && { client: { certificate: device, key: device } }),
  };
}
