import { expect, test } from 'vitest';
import { DEFAULT_MAC, factoryFlash } from '../../src/device/flash-contents.ts';
import { seenJunkByte, userAgentOf } from '../../src/device/wire-identity.ts';
import { benchPhone } from '../phone/bench-phone.ts';

const PNG = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

function picture(sizeBytes: number): Uint8Array {
  return Buffer.concat([PNG, Buffer.alloc(sizeBytes - PNG.length)]);
}

/** A phone that is offered one picture of so many bytes, with what it then says of room. */
async function offeredPicture(sizeBytes: number, customDataMax = 512_000) {
  const bench = benchPhone({
    files: {
      '1230SIP.cfg': '[IMAGES]\nVERSION 000001\nFILENAME a.png\nPROTOCOL HTTP\n',
      'a.png': picture(sizeBytes),
    },
    flash: { files: { IMAGES: [{ name: 'old.png' }] } },
    quirks: { customDataMax },
  });
  await bench.follow('power.on');
  const told = bench.factsOf('problem.told').map(({ code }) => code);
  return { stored: bench.outcome().flash.files['IMAGES'], told };
}

const rooms: [title: string, sizeBytes: number, customDataMax: number, stored: string[], told: string[]][] = [
  ['custom data of exactly 512,000 bytes is taken', 512_000, 512_000, ['old.png', 'a.png'], ['NEARLY_FULL']],
  ['custom data of 512,001 bytes is not', 512_001, 512_000, ['old.png'], ['NO_CAPACITY']],
  ['with quirk customDataMax=1000 the bound is 1,000 bytes', 1001, 1000, ['old.png'], ['NO_CAPACITY']],
  ['from 90 % on a warning is told', 460_800, 512_000, ['old.png', 'a.png'], ['NEARLY_FULL']],
  ['a byte below 90 % nothing is told', 460_799, 512_000, ['old.png', 'a.png'], []],
];

test.for(rooms)('%s', async ([, sizeBytes, customDataMax, stored, told]) => {
  expect(await offeredPicture(sizeBytes, customDataMax)).toEqual({ stored, told });
});

test('AllAut gives a value set by hand back to the file', async () => {
  const files = (version: string) => ({
    '1230SIP.cfg': `[DEVICE_CONFIG]\nVERSION ${version}\nFILENAME d.cfg\nPROTOCOL HTTP\n`,
    'd.cfg': 'BANNER FROM FILE\n',
  });
  const bench = benchPhone({ files: files('000001') });
  await bench.follow('power.on');
  bench.phone.send({ type: 'setting.type', name: 'BANNER', value: 'BY HAND' });
  bench.publish(files('000002'));
  await bench.follow('power.off', 'power.on');
  expect(bench.outcome().settings['BANNER']).toBe('BY HAND');
  bench.phone.send({ type: 'settings.all-auto' });
  expect(bench.outcome().settings['BANNER']).toBe('BY HAND');
  bench.publish(files('000003'));
  await bench.follow('power.off', 'power.on');
  expect(bench.outcome().settings['BANNER']).toBe('FROM FILE');
});

test('the User-Agent of SIP12x004.01.13.00 has its groups in two digits each, and no junk byte', () => {
  expect(userAgentOf('SIP12x004.01.13.00')).toBe('AVAYA/SIP12x0/04.01.13.00');
  expect(userAgentOf('SIP12x004.01.13.00', 0x17)).toBe('AVAYA/SIP12x0\x17/04.01.13.00');
});

test.for([
  ['SIP12x004.01.13.00', 0xff],
  ['SIP12x004.00.04.00', 0x17],
  ['SIP12x004.04.09.00', undefined],
] as const)('the byte that was seen with %s', ([software, byte]) => {
  expect(seenJunkByte(software)).toBe(byte);
});

test('without the junk byte a foreign HTTP server is told of once', async () => {
  const foreign = benchPhone({ files: {}, serverOwner: 'foreign', flash: { user: '1@a.b' } });
  await foreign.follow('phone.resume', 'updates.check', 'updates.check');
  const told = foreign.factsOf('problem.told').filter(({ code }) => code === 'USER_AGENT_WITHOUT_BYTE');
  expect(told).toHaveLength(1);
  const embedded = benchPhone({ files: {} });
  await embedded.follow('power.on');
  expect(embedded.factsOf('problem.told').map(({ code }) => code)).toEqual(['NOT_FOUND']);
});

test('a phone of which nothing was said is a 1230 on 04.01.13.00', () => {
  expect(DEFAULT_MAC).toBe('001B4F123001');
  expect(factoryFlash({ mac: DEFAULT_MAC })).toMatchObject({ software: 'SIP12x004.01.13.00', image: 'ok' });
});
