import { expect, test } from 'vitest';
import { benchPhone } from '../phone/bench-phone.ts';

test('a device configuration with a line of 81 bytes is taken up to there, and its version is stored', async () => {
  const bench = benchPhone({
    files: {
      '1230SIP.cfg': '[DEVICE_CONFIG]\nVERSION 000001\nFILENAME d.cfg\nPROTOCOL HTTP\n',
      'd.cfg': `AUTO_UPDATE YES\nBANNER ACME\nADMIN_PASSWORD ${'x'.repeat(66)}\nDST_ENABLED NO\n`,
    },
  });
  await bench.follow('power.on');
  const { settings, flash, problems } = bench.outcome();
  expect(settings).toEqual({ AUTO_UPDATE: 'YES', BANNER: 'ACME' });
  expect(flash.versions).toEqual({ DEVICE_CONFIG: '000001' });
  expect(problems).toContainEqual({
    severity: 'error',
    code: 'LINE_TOO_LONG',
    file: 'd.cfg',
    section: 'DEVICE_CONFIG',
    line: 3,
    message:
      'the line has 81 bytes; expected at most 80. A phone stops reading here; lost: ADMIN_PASSWORD, DST_ENABLED',
  });
});

test('a line that is gone changes nothing, whatever else the file changes', async () => {
  const files = (version: string, settings: string) => ({
    '1230SIP.cfg': `[DEVICE_CONFIG]\nVERSION ${version}\nFILENAME d.cfg\nPROTOCOL HTTP\n`,
    'd.cfg': settings,
  });
  const bench = benchPhone({ files: files('000001', 'BANNER ACME\nVMAIL 1\n') });
  await bench.follow('power.on');
  bench.publish(files('000002', 'VMAIL 2\n'));
  await bench.follow('power.off', 'power.on');
  expect(bench.flash.read().settings).toEqual({
    BANNER: { value: 'ACME', from: 'file' },
    VMAIL: { value: '2', from: 'file' },
  });
});
