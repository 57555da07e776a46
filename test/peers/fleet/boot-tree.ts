import { makeImage } from '../../../src/device/image.ts';
import { macAt } from '../../../src/fleet/population.ts';
import type { Protocol } from '../../../src/provisioning/words.ts';

/** Of phone 0 of the fleets here. */
export const MAC_BASE = '001B4FA00000';
export const FILES_OF_A_BOOT = 6;
const LOAD = 'SIP12x004.04.09.00';

type Files = Readonly<Record<string, Uint8Array | string>>;

/** Six small files for each phone: 1, 4, 1, 30 and 30 KiB for all, and half a KiB of its own. */
export function bootTree(protocol: Protocol, phones: number): Files {
  const own = Array.from({ length: phones }, (_, index): [string, string] => [
    `SIP${macAt(MAC_BASE, index)}.cfg`,
    remarks('VMAIL 1999\n', 512),
  ]);
  const wanted = [
    section('DEVICE_CONFIG', protocol, ['DeviceConfig.dat']),
    section('DIALING_PLAN', protocol, ['dialplan.txt']),
    section('LANGUAGE', protocol, ['French.lng', 'German.lng']),
    section('USER_CONFIG', protocol, []),
  ];
  return {
    '1230SIP.cfg': remarks(wanted.join('\n'), 1024),
    'DeviceConfig.dat': remarks('AUTO_UPDATE YES\nAUTO_UPDATE_TIME_RANGE 1\nBANNER ACME\n', 4096),
    'dialplan.txt': '$n="lab.example"\n$t=7000\n%%\n10X{4,7} && sip:$$@$n;user=phone && t=1000\n'.padEnd(
      1024,
      '\n',
    ),
    'French.lng': language('Français'),
    'German.lng': language('Deutsch'),
    ...Object.fromEntries(own),
  };
}

/** A provisioning file and the firmware it names. */
export function firmwareTree(protocol: Protocol, sizeBytes: number): Files {
  return {
    '1230SIP.cfg': `[FW]\nDOWNLOAD_MODE AUTO\nVERSION ${LOAD}\nPROTOCOL ${protocol.toUpperCase()}\nFILENAME image.bin\n`,
    'image.bin': makeImage({ load: LOAD, sizeBytes }),
  };
}

function section(name: string, protocol: Protocol, files: readonly string[]): string {
  const names = files.map((file) => `FILENAME ${file}\n`).join('');
  return `[${name}]\nDOWNLOAD_MODE AUTO\nVERSION 000001\nPROTOCOL ${protocol.toUpperCase()}\n${names}`;
}

function language(name: string): string {
  return lines(
    `##1 Nortel IP phone language file\n##2 1230 SIP\n##3 ver SIP 4.4.9.0\n##6 ${name}\n`,
    30 * 1024,
    (line) => `text${line}=A line of the menu, number ${line}\n`,
  );
}

function remarks(start: string, sizeBytes: number): string {
  return lines(start, sizeBytes, (line) => `# Remark ${line}\n`);
}

/** Whole lines, as many as fit. */
function lines(start: string, sizeBytes: number, lineAt: (line: number) => string): string {
  let text = start;
  for (let line = 1; text.length + lineAt(line).length <= sizeBytes; line++) text += lineAt(line);
  return text;
}
