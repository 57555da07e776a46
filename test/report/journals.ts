import type { JournalEntry } from '../../src/events/journal.ts';
import type { Fact, FactType, FlashChange, PhoneEvent } from '../../src/events/phone-event.ts';
import type { SectionName } from '../../src/provisioning/words.ts';

export const MAC = '001B4F123001';
export const OLD_LOAD = 'SIP12x004.01.13.00';
export const NEW_LOAD = 'SIP12x004.04.09.00';
export const SERVER = 'http://127.0.0.1:8080';
const SHA = 'ab'.repeat(32);

/** Facts in order, `stepMs` apart, as a journal of one phone. */
export function journalOf(events: readonly PhoneEvent[], stepMs = 1): JournalEntry[] {
  return events.map((event, index) => ({ at: index * stepMs, phone: MAC, n: index + 1, event }));
}

/** What a factory-fresh 1230 finds in flash. */
export function flashRead(what: Partial<Fact<'flash.read'>> = {}): Fact<'flash.read'> {
  return {
    type: 'flash.read',
    mac: MAC,
    model: '1230',
    software: OLD_LOAD,
    image: 'ok',
    versions: {},
    files: {},
    settings: {},
    userDnd: false,
    lastPollDate: null,
    polledDates: [],
    user: null,
    profiles: {},
    lease: null,
    ...what,
  };
}

/** A lease with all that matters to a phone. */
export const aLease: Fact<'dhcp.leased'>['lease'] = {
  ...{ address: '10.0.0.5', mask: '255.255.255.0', router: '10.0.0.1', dns: [], domain: null },
  ...{ broadcast: '10.0.0.255', server: '10.0.0.1', leaseS: 3_600, t1S: 1_800, t2S: 3_150 },
  ...{ provisioningServer: 'http://10.0.0.9', infoBlock: [] },
};

export function powerUp(flash: Partial<Fact<'flash.read'>> = {}): PhoneEvent[] {
  const read = flashRead(flash);
  return [{ type: 'power.on' }, read, ...softwareUp(read.software)];
}

export function softwareUp(software: string): PhoneEvent[] {
  return [
    { type: 'boot-loader.started' },
    { type: 'software.started', software },
    { type: 'network.ready', how: 'static', address: '127.0.0.1' },
  ];
}

interface Asked {
  request: number;
  check?: number;
  section?: SectionName;
  index?: number;
  file: string;
  server?: string;
}

export function requested({ request, check = 1, section, index, file, server = SERVER }: Asked): PhoneEvent {
  return {
    type: 'file.requested',
    request,
    check,
    section: section ?? null,
    index: index ?? null,
    file,
    url: `${server}/${file}`,
    protocol: server.startsWith('tftp') ? 'tftp' : 'http',
  };
}

export function received(
  request: number,
  bytes: number,
  more: Partial<Fact<'file.received'>> = {},
): PhoneEvent {
  return { type: 'file.received', request, bytes, sha256: SHA, ms: 3, attempts: 1, ...more };
}

export function failed(request: number, more: Partial<Fact<'file.failed'>> = {}): PhoneEvent {
  return {
    type: 'file.failed',
    request,
    code: 'NOT_FOUND',
    detail: 'HTTP 404',
    bytes: 0,
    ms: 2,
    attempts: 1,
    ...more,
  };
}

export function fetched(asked: Asked, bytes: number): PhoneEvent[] {
  return [
    requested(asked),
    { type: 'file.opened', request: asked.request, sizeBytes: bytes },
    received(asked.request, bytes),
  ];
}

/** A check whose provisioning file arrives (request 1 of the check) and names these sections. */
export function checkStarted(
  sections: SectionName[],
  { check = 1, request = 1, cutOff = false } = {},
): PhoneEvent[] {
  return [
    { type: 'update.started', check, trigger: 'power-up', server: SERVER },
    ...fetched({ request, check, file: '1230SIP.cfg' }, 1210),
    { type: 'provisioning-file.read', check, file: '1230SIP.cfg', sections, cutOff },
  ];
}

export function decided(
  place: { section: SectionName; index?: number; check?: number },
  decision: Fact<'section.decided'>['decision'],
  { offered = '000001', stored = null }: { offered?: string; stored?: string | null } = {},
): PhoneEvent {
  const { section, index = 1, check = 1 } = place;
  return { type: 'section.decided', check, index, section, decision, offered, stored };
}

export function finished(
  place: { section: SectionName; index?: number; check?: number },
  what: Pick<Fact<'section.finished'>, 'result'> & Partial<Fact<'section.finished'>>,
): PhoneEvent {
  const { section, index = 1, check = 1 } = place;
  return { type: 'section.finished', check, index, section, version: '000001', ...what };
}

export function written(...changes: FlashChange[]): PhoneEvent {
  return { type: 'flash.written', changes };
}

export function checkFinished(check = 1, result: Fact<'update.finished'>['result'] = 'done'): PhoneEvent {
  return { type: 'update.finished', check, trigger: 'power-up', result };
}

/** From login to the end of a boot. */
export const atIdle: readonly PhoneEvent[] = [
  { type: 'login.started', user: '2001@example.com', how: 'automatic' },
  { type: 'login.succeeded', user: '2001@example.com' },
  { type: 'phone.idle' },
  { type: 'poll.not-scheduled', because: 'auto-update-off' },
];

/** A section of which one file is fetched and stored. */
function section(
  asked: Required<Omit<Asked, 'server'>>,
  bytes: number,
  changes: FlashChange[],
): PhoneEvent[] {
  const { section: name, index, check, file } = asked;
  return [
    decided({ section: name, index, check }, { action: 'download', why: 'not-stored' }),
    ...fetched(asked, bytes),
    written(
      { change: 'file', section: name, file: { name: file, sizeBytes: bytes, sha256: SHA } },
      ...changes,
      { change: 'version', section: name, version: '000001' },
    ),
    finished({ section: name, index, check }, { result: 'stored' }),
  ];
}

const demoSections: SectionName[] = ['FW', 'DEVICE_CONFIG', 'LANGUAGE', 'USER_CONFIG'];
const IMAGE_BYTES = 4_101_541;

/**
 * A whole boot: a factory-fresh 1230 upgrades its firmware, restarts, takes its configuration and two
 * languages, and logs in. The facts of each start are further apart than those of a check, and the image
 * takes 2 s.
 */
export function demoBoot(): JournalEntry[] {
  const place = { section: 'FW', index: 1, check: 1 } as const;
  const image = `${NEW_LOAD}.bin`;
  const quarters = [1, 2, 3].map(
    (quarter): PhoneEvent => ({
      type: 'file.progressed',
      request: 2,
      bytes: Math.floor((IMAGE_BYTES * quarter) / 4),
      sizeBytes: IMAGE_BYTES,
    }),
  );
  const firstCheck: PhoneEvent[] = [
    ...checkStarted(demoSections),
    decided(place, { action: 'download', why: 'newer' }, { offered: NEW_LOAD }),
    requested({ request: 2, section: 'FW', index: 1, file: image }),
    { type: 'file.opened', request: 2, sizeBytes: IMAGE_BYTES },
    ...quarters,
    received(2, IMAGE_BYTES, { ms: 2012.4 }),
    {
      type: 'problem.told',
      severity: 'note',
      code: 'NOT_AUTHENTICATED',
      file: image,
      section: 'FW',
      check: 1,
      message: "a real phone would also check Avaya's signature",
    },
    { type: 'firmware.writing', from: OLD_LOAD, to: NEW_LOAD },
    written({ change: 'image', image: 'writing' }),
    written(
      { change: 'software', software: NEW_LOAD },
      { change: 'image', image: 'ok' },
      { change: 'version', section: 'FW', version: NEW_LOAD },
    ),
    { type: 'firmware.written', software: NEW_LOAD },
    finished(place, { result: 'stored', version: NEW_LOAD }),
    checkFinished(1, 'reboot'),
    { type: 'phone.restarting', why: 'firmware', inMs: 0 },
    { type: 'phone.restarted', why: 'firmware' },
  ];
  const secondStart: PhoneEvent[] = [
    ...softwareUp(NEW_LOAD),
    ...checkStarted(demoSections, { check: 2, request: 3 }),
    decided(
      { section: 'FW', check: 2 },
      { action: 'skip', why: 'not-newer' },
      { offered: NEW_LOAD, stored: NEW_LOAD },
    ),
    finished({ section: 'FW', check: 2 }, { result: 'none', version: NEW_LOAD }),
    ...section({ request: 4, check: 2, section: 'DEVICE_CONFIG', index: 2, file: 'DeviceConfig.cfg' }, 2381, [
      {
        change: 'settings',
        values: { BANNER: { value: 'ACME', from: 'file' }, ADMIN_PASSWORD: { value: '22222', from: 'file' } },
      },
    ]),
    {
      type: 'problem.told',
      severity: 'warning',
      code: 'UNKNOWN_PARAMETER',
      file: 'DeviceConfig.cfg',
      line: 14,
      check: 2,
      message: 'DEF_USER1 is no parameter a phone knows',
    },
    decided({ section: 'LANGUAGE', index: 3, check: 2 }, { action: 'download', why: 'not-stored' }),
    ...fetched({ request: 5, check: 2, section: 'LANGUAGE', index: 3, file: 'French.lng' }, 103_679),
    written({ change: 'file', section: 'LANGUAGE', file: { name: 'French.lng' } }),
    ...fetched({ request: 6, check: 2, section: 'LANGUAGE', index: 3, file: 'German.lng' }, 98_104),
    written(
      { change: 'file', section: 'LANGUAGE', file: { name: 'German.lng' } },
      { change: 'version', section: 'LANGUAGE', version: '000001' },
    ),
    finished({ section: 'LANGUAGE', index: 3, check: 2 }, { result: 'stored' }),
    ...section({ request: 7, check: 2, section: 'USER_CONFIG', index: 4, file: `SIP${MAC}.cfg` }, 640, []),
    checkFinished(2),
    ...atIdle,
  ];
  return timed([...powerUp(), ...firstCheck, ...secondStart]);
}

const waits: Partial<Record<FactType, number>> = { 'file.progressed': 500, 'firmware.written': 75_000 };

function timed(events: readonly PhoneEvent[]): JournalEntry[] {
  let at = 0;
  return events.map((event, index) => {
    at += waits[event.type] ?? (index === 0 ? 0 : 2.5);
    return { at, phone: MAC, n: index + 1, event };
  });
}
