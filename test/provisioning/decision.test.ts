import { describe, expect, test } from 'vitest';
import { type Decision, decide, decideFirmware, offeredLoad } from '../../src/provisioning/decision.ts';
import { defaultQuirks } from '../../src/provisioning/quirks.ts';
import type { Section } from '../../src/provisioning/section.ts';
import { deviceConfig, firmware, section } from './sections.ts';

const forced: Decision = { action: 'download', why: 'forced' };
const notStored: Decision = { action: 'download', why: 'not-stored' };
const newer: Decision = { action: 'download', why: 'newer' };
const notNewer: Decision = { action: 'skip', why: 'not-newer' };
const refusedName: Decision = { action: 'skip', why: 'refused-name' };
const wrongHardware: Decision = { action: 'skip', why: 'wrong-hardware' };
const noFilename: Decision = { action: 'skip', why: 'no-filename' };

describe('outside [FW]', () => {
  const cases: [title: string, given: Partial<Section>, stored: string | undefined, expected: Decision][] = [
    ['AUTO fetches what was never completed', { version: '000001' }, undefined, notStored],
    ['AUTO fetches a higher version', { version: '000002' }, '000001', newer],
    ['AUTO leaves an equal version', { version: '000001' }, '000001', notNewer],
    ['AUTO leaves an equal version with other zeros', { version: '0000000001' }, '000001', notNewer],
    ['AUTO never downgrades', { version: '000001' }, '000002', notNewer],
    ['AUTO without VERSION fetches what was never completed', { version: '' }, undefined, notStored],
    ['AUTO without VERSION is not newer than anything', { version: '' }, '000000', notNewer],
    ['a VERSION is newer than a completed empty one', { version: '000000' }, '', newer],
    ['an empty VERSION is not newer than a completed empty one', { version: '' }, '', notNewer],
    ['a VERSION that is no number is lowest', { version: 'two' }, '000001', notNewer],
    ['FORCED fetches an equal version', { downloadMode: 'FORCED' }, '000001', forced],
    ['FORCED downgrades', { downloadMode: 'FORCED' }, '000002', forced],
    ['FORCED needs no VERSION', { downloadMode: 'FORCED', version: '' }, '000002', forced],
    ['without FILENAME nothing is fetched', { files: [], downloadMode: 'FORCED' }, undefined, noFilename],
    ['a name that climbs out is refused', { files: [{ name: '../x', line: 4 }] }, undefined, refusedName],
    [
      'a name that climbs out is refused under FORCED',
      { files: [{ name: '/x', line: 4 }], downloadMode: 'FORCED' },
      '1',
      refusedName,
    ],
    ['what is not due is not refused', { files: [{ name: '../x', line: 4 }] }, '000001', notNewer],
  ];
  test.for(cases)('%s', ([, given, stored, expected]) => {
    expect(decide(deviceConfig(given), stored)).toEqual(expected);
  });

  test('one good name of several is enough', () => {
    const files = [
      { name: '../x.lng', line: 3 },
      { name: 'French.lng', line: 4 },
    ];
    expect(decide(section({ name: 'LANGUAGE', files }), undefined)).toEqual(notStored);
  });

  test('USER_CONFIG needs no FILENAME', () => {
    expect(decide(section({ name: 'USER_CONFIG', downloadMode: 'FORCED' }), '000001')).toEqual(forced);
  });
});

describe('[FW]', () => {
  const running = 'SIP12x004.01.13.00';
  const wazo = section({
    name: 'FW',
    version: '04011300',
    files: [{ name: 'firmware/SIP12x004.04.09.00.bin', line: 3 }],
  });

  const cases: [title: string, given: Section, stored: string | undefined, expected: Decision][] = [
    ['AUTO fetches a newer load', firmware('SIP12x004.04.09.00'), undefined, newer],
    ['AUTO leaves the running load although nothing is stored', firmware(running), undefined, notNewer],
    ['AUTO leaves an older load', firmware('SIP12x003.02.16.00'), undefined, notNewer],
    ['AUTO compares groups as numbers', firmware('SIP12x004.10.00.00'), undefined, newer],
    [
      'AUTO compares with the running load, not the stored version',
      firmware('SIP12x004.04.09.00'),
      'SIP12x004.04.09.00',
      newer,
    ],
    [
      'AUTO ignores .bin behind VERSION',
      { ...firmware('SIP12x004.04.09.00'), version: 'SIP12x004.04.09.00.bin' },
      undefined,
      newer,
    ],
    ['AUTO takes digits for not higher', wazo, undefined, notNewer],
    [
      'AUTO takes a VERSION with a folder for not higher',
      { ...wazo, version: 'firmware/SIP12x004.04.09.00' },
      undefined,
      notNewer,
    ],
    ['AUTO without VERSION is not higher', { ...wazo, version: '' }, undefined, notNewer],
    ['FORCED fetches the running load', firmware(running, { downloadMode: 'FORCED' }), running, forced],
    ['FORCED downgrades', firmware('SIP12x003.02.16.00', { downloadMode: 'FORCED' }), running, forced],
    ['FORCED takes digits', { ...wazo, downloadMode: 'FORCED' }, undefined, forced],
    [
      'FORCED fetches what names no load',
      { ...wazo, files: [{ name: 'image.bin', line: 3 }], downloadMode: 'FORCED' },
      undefined,
      forced,
    ],
    ['another family is refused under AUTO', firmware('SIP1140e04.04.09.00'), undefined, wrongHardware],
    [
      'another family is refused under FORCED',
      firmware('SIP1120e04.04.09.00', { downloadMode: 'FORCED' }),
      undefined,
      wrongHardware,
    ],
    [
      'the family is that of FILENAME',
      { ...firmware('SIP1165e04.04.09.00'), version: 'SIP12x004.04.09.00' },
      undefined,
      wrongHardware,
    ],
    [
      'a FILENAME without load leaves the family to VERSION',
      { ...firmware('SIP1140e04.04.09.00'), files: [{ name: 'image.bin', line: 3 }] },
      undefined,
      wrongHardware,
    ],
    [
      'without FILENAME nothing is fetched',
      firmware('SIP12x004.04.09.00', { files: [] }),
      undefined,
      noFilename,
    ],
    [
      'a name that climbs out is refused',
      firmware('SIP12x004.04.09.00', { files: [{ name: '../SIP12x004.04.09.00.bin', line: 3 }] }),
      undefined,
      refusedName,
    ],
  ];
  test.for(cases)('%s', ([, given, stored, expected]) => {
    expect(decideFirmware(given, { running, stored }, defaultQuirks)).toEqual(expected);
  });

  const byStored: [title: string, offered: string, stored: string | undefined, expected: Decision][] = [
    ['nothing stored: fetched', running, undefined, notStored],
    ['stored: left', running, running, notNewer],
    ['an older one stored: fetched', running, 'SIP12x003.02.16.00', newer],
    ['digits stored: fetched', running, '04011300', newer],
  ];
  test.for(byStored)('with quirks.fwBaseline stored: %s', ([, offered, stored, expected]) => {
    const quirks = { ...defaultQuirks, fwBaseline: 'stored' } as const;
    expect(decideFirmware(firmware(offered), { running, stored }, quirks)).toEqual(expected);
  });

  const unistim: [title: string, given: Section, expected: Decision][] = [
    ['takes any SIP12x0 image under AUTO', firmware('SIP12x003.02.16.00'), newer],
    ['takes it with a VERSION in digits', wazo, newer],
    ['takes it under FORCED', { ...wazo, downloadMode: 'FORCED' }, forced],
    ['takes what names no load: the image may', { ...wazo, files: [{ name: 'image.bin', line: 3 }] }, newer],
    ['refuses another family', firmware('SIP1140e04.04.09.00'), wrongHardware],
  ];
  test.for(unistim)('a UNIStim phone %s', ([, given, expected]) => {
    expect(decideFirmware(given, { running: '062AC7J', stored: undefined }, defaultQuirks)).toEqual(expected);
  });

  test('offers the load of FILENAME, else that of VERSION', () => {
    expect(offeredLoad(wazo)?.name).toBe('SIP12x004.04.09.00');
    expect(offeredLoad(firmware('SIP12x004.01.13.00', { files: [] }))?.name).toBe('SIP12x004.01.13.00');
    expect(offeredLoad(section({ name: 'FW', version: '04011300' }))).toBeUndefined();
  });
});
