import { expect, test } from 'vitest';
import { blankLcd, redraw } from '../../src/display/lcd.ts';
import { benchPhone } from '../phone/bench-phone.ts';

test('DEF_LANG of a language that is not stored leaves the panel English', async () => {
  const panelWith = async (settings: string) => {
    const bench = benchPhone({
      files: {
        '1230SIP.cfg': '[DEVICE_CONFIG]\nVERSION 000001\nFILENAME d.cfg\nPROTOCOL HTTP\n',
        'd.cfg': settings,
      },
    });
    await bench.follow('power.on');
    return bench.facts().reduce(redraw, blankLcd('1230'));
  };
  const french = await panelWith('DEF_LANG French\n');
  const english = await panelWith('DEF_LANG English\n');
  expect([french.lines, french.softKeys]).toEqual([english.lines, english.softKeys]);
  expect(french.softKeys).toContain('Login');
});
