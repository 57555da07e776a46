import { describe, expect, test } from 'vitest';
import type { FlashContents } from '../../src/device/flash-contents.ts';
import { type ErrorSeverity, errorSeverities } from '../../src/provisioning/words.ts';
import { benchPhone, LANGUAGE_TEXT } from './bench-phone.ts';

const settings = (values: Record<string, string>): FlashContents['settings'] =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, from: 'file' as const }]));

/** Documented: M44 p69; by default, printed as 255, at critical and major errors. */
const levels: [level: string | undefined, restartsAt: ErrorSeverity[]][] = [
  [undefined, ['critical', 'major']],
  ['1', ['critical']],
  ['2', ['critical', 'major']],
  ['3', ['critical', 'major', 'minor']],
  ['4', ['critical', 'major', 'minor', 'info']],
];

describe('an error of memory restarts the phone by RECOVERY_LEVEL', () => {
  test.for(levels)('%s: %s', ([level, restartsAt]) => {
    const values = settings(level === undefined ? {} : { RECOVERY_LEVEL: level });
    const restarted = errorSeverities.filter((severity) => {
      const bench = benchPhone({ flash: { user: '1@a.b', settings: values } });
      bench.phone.send({ type: 'phone.resume' });
      bench.phone.send({ type: 'memory.fail', severity });
      return bench.factsOf('phone.restarting').length === 1;
    });
    expect(restarted).toEqual(restartsAt);
  });
});

test('RECOVERY_LEVEL 255 as a file has it is 2', async () => {
  const bench = benchPhone({
    files: {
      '1230SIP.cfg': '[DEVICE_CONFIG]\nVERSION 000001\nPROTOCOL HTTP\nFILENAME d.cfg\n',
      'd.cfg': 'RECOVERY_LEVEL 255\n',
    },
  });
  await bench.follow('power.on');
  expect(bench.flash.read().settings['RECOVERY_LEVEL']).toEqual({ value: '2', from: 'file' });
});

test('during an update it ends the check at once, with DND off and the call lost', async () => {
  const bench = benchPhone({
    files: {
      '1230SIP.cfg': '[LANGUAGE]\nVERSION 000001\nPROTOCOL HTTP\nFILENAME a.lng\n',
      'a.lng': LANGUAGE_TEXT,
    },
    flash: { user: '1@a.b' },
  });
  for (const type of ['phone.resume', 'call.dial', 'updates.check'] as const) bench.phone.send({ type });
  await bench.clock.runWhile(() => bench.factsOf('section.decided').length === 0, 60_000);
  bench.phone.send({ type: 'memory.fail', severity: 'major' });
  await bench.clock.runFor(60_000);
  expect(bench.factsOf('update.finished')[0]).toMatchObject({ trigger: 'soft-key', result: 'cut' });
  expect(bench.factsOf('phone.restarted')).toEqual([{ type: 'phone.restarted', why: 'memory-error' }]);
  expect(bench.factsOf('call.dropped')).toHaveLength(1);
  expect(bench.outcome()).toMatchObject({ dnd: false, reboots: 1 });
});
