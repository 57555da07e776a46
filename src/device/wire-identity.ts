import { parseLoad } from '../provisioning/load.ts';

/**
 * The User-Agent of an HTTP request, Latin-1. Observed: captured phones put one junk byte after `SIP12x0`
 * (0x14, 0x16, 0x17, 0xFF; Wazo plugin comments); without `junkByte` none is sent.
 */
export function userAgentOf(software: string, junkByte?: number): string {
  const groups = parseLoad(software)
    ?.groups.map((group) => String(group).padStart(2, '0'))
    .join('.');
  const junk = junkByte === undefined ? '' : String.fromCharCode(junkByte);
  return `AVAYA/SIP12x0${junk}/${groups ?? software}`;
}

/** Observed: the byte captured with a load; undefined when none was captured. */
export function seenJunkByte(software: string): number | undefined {
  return { 'SIP12x004.01.13.00': 0xff, 'SIP12x004.00.04.00': 0x17 }[software];
}
