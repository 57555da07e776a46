import { expect, test } from 'vitest';
import { parseProvisioningFile } from '../../src/provisioning/provisioning-file.ts';
import { defaultQuirks } from '../../src/provisioning/quirks.ts';
import type { Offers } from '../../src/recording/offers.ts';
import { phonesOf } from '../../src/recording/phones.ts';
import { type StateBefore, stateBefore } from '../../src/recording/state-before.ts';
import { sightingsOf } from './sightings.ts';

const provisioning = [
  ...['[FW]', 'DOWNLOAD_MODE AUTO', 'VERSION SIP12x004.04.09.00', 'FILENAME SIP12x004.04.09.00.bin'],
  ...['[DEVICE_CONFIG]', 'DOWNLOAD_MODE AUTO', 'VERSION 000007', 'FILENAME d.cfg'],
  ...['[LANGUAGE]', 'DOWNLOAD_MODE AUTO', 'VERSION 000002', 'FILENAME a.lng', 'FILENAME b.lng'],
  ...['[TONES]', 'DOWNLOAD_MODE FORCED', 'VERSION 000003', 'FILENAME t.wav'],
  ...['[USER_CONFIG]', 'DOWNLOAD_MODE AUTO', 'VERSION 000004', ''],
].join('\n');
const { sections } = parseProvisioningFile(Buffer.from(provisioning), { file: 'f', quirks: defaultQuirks });
const offers: Offers = new Map([['1230', sections]]);

const image = 'SIP12x004.04.09.00.bin';
const cases: [title: string, asked: readonly string[], expected: StateBefore][] = [
  [
    'who asked for everything had nothing',
    ['1230SIP.cfg ok', `${image} ok`, '1230SIP.cfg ok', 'd.cfg ok', 'a.lng ok', 'SIP001B4F1230AA.cfg ok'],
    { versions: {} },
  ],
  [
    'who asked for the provisioning file alone had all but what is forced',
    ['1230SIP.cfg ok'],
    {
      software: 'SIP12x004.04.09.00',
      versions: { DEVICE_CONFIG: '000007', LANGUAGE: '000002', USER_CONFIG: '000004' },
    },
  ],
  [
    'one file of a section is enough',
    ['1230SIP.cfg ok', `${image} ok`, '1230SIP.cfg ok', 'b.lng NOT_FOUND'],
    { versions: { DEVICE_CONFIG: '000007', USER_CONFIG: '000004' } },
  ],
  ['a provisioning file that did not arrive tells nothing', ['1230SIP.cfg NOT_FOUND'], { versions: {} }],
  ['a check whose beginning is not there tells nothing', ['SIP001B4F1230AA.cfg ok'], { versions: {} }],
  ['a model of which the tree has no file tells nothing', ['1220SIP.cfg ok'], { versions: {} }],
];
test.for(cases)('%s', ([, asked, expected]) => {
  const lines = asked.map((one, index) => `${index} 10.0.0.1 tftp ${one}`);
  const [phone] = phonesOf(sightingsOf(lines)).phones;
  expect(phone && stateBefore(phone, offers)).toEqual(expected);
});

test('the User-Agent knows the load better than the provisioning file', () => {
  const [phone] = phonesOf(sightingsOf(['0 10.0.0.1 http /1230SIP.cfg ok AVAYA/SIP12x0/04.04.20.00'])).phones;
  expect(phone && stateBefore(phone, offers).software).toBe('SIP12x004.04.20.00');
});

test('who passes over the load of a sibling family had none of it', () => {
  const ofSiblings = provisioning.replaceAll('SIP12x0', 'SIP1120e');
  const read = parseProvisioningFile(Buffer.from(ofSiblings), { file: 'f', quirks: defaultQuirks });
  const [phone] = phonesOf(sightingsOf(['0 10.0.0.1 tftp 1230SIP.cfg ok'])).phones;
  expect(phone && stateBefore(phone, new Map([['1230', read.sections]]))).toEqual({
    versions: { DEVICE_CONFIG: '000007', LANGUAGE: '000002', USER_CONFIG: '000004' },
  });
});
