import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FlashContents } from '../../src/device/flash-contents.ts';
import type { PhoneCommand } from '../../src/phone/command.ts';
import { type BenchOptions, benchPhone, LANGUAGE_TEXT } from '../phone/bench-phone.ts';
import { wholeTree } from '../phone/demo-files.ts';

const up = async (options: BenchOptions = {}) => {
  const bench = benchPhone({ files: wholeTree, ...options, flash: { user: '1@a.b', ...options.flash } });
  await bench.follow('phone.resume');
  return bench;
};

test('an outgoing call during a check is made', async () => {
  const bench = await up();
  bench.phone.send({ type: 'updates.check' });
  bench.phone.send({ type: 'call.dial' });
  expect(bench.factsOf('call.started')).toEqual([{ type: 'call.started', direction: 'outgoing' }]);
});

test('a check in a call is allowed and warned about', async () => {
  const bench = await up({ files: {} });
  bench.phone.send({ type: 'call.dial' });
  await bench.follow('updates.check');
  expect(bench.factsOf('update.started')).toHaveLength(1);
  expect(bench.factsOf('problem.told').map(({ code }) => code)).toContain('CHECK_IN_CALL');
  expect(bench.factsOf('call.dropped')).toEqual([]);
});

test('a check that restarts the phone drops the call', async () => {
  const bench = await up();
  bench.phone.send({ type: 'call.dial' });
  await bench.follow('updates.check');
  expect(bench.factsOf('phone.restarted').map(({ why }) => why)).toEqual(['firmware']);
  expect(bench.factsOf('call.dropped')).toEqual([{ type: 'call.dropped' }]);
});

test('while the login banner is shown callers hear busy; OK ends it, then idle', async () => {
  const settings: FlashContents['settings'] = {
    LOGIN_BANNER_ENABLE: { value: 'YES', from: 'file' },
    AUTOLOGIN_ENABLE: { value: 'YES', from: 'file' },
    SIP_DOMAIN1: { value: 'a.b', from: 'file' },
    SERVER_IP1_1: { value: '192.0.2.1', from: 'file' },
  };
  const bench = benchPhone({
    files: {},
    flash: { settings, user: '1@a.b', files: { LOGIN_BANNER: [{ name: 'banner.txt' }] } },
  });
  await bench.follow('power.on');
  expect(bench.outcome().state).toBe('banner');
  bench.phone.send({ type: 'call.incoming' });
  bench.phone.send({ type: 'banner.confirm' });
  bench.phone.send({ type: 'call.incoming' });
  expect(bench.factsOf('call.refused')).toEqual([
    { type: 'call.refused', direction: 'incoming', why: 'banner' },
  ]);
  expect(bench.factsOf('call.started')).toHaveLength(1);
  expect(bench.outcome().state).toBe('idle');
});

const commands: readonly PhoneCommand[] = [
  { type: 'power.on' },
  { type: 'power.off' },
  { type: 'phone.reset' },
  { type: 'updates.check' },
  { type: 'updates.ask' },
  { type: 'question.answer', answer: 'yes' },
  { type: 'question.answer', answer: 'no' },
  { type: 'check-sync.accept', manner: 'silent' },
  { type: 'check-sync.accept', manner: 'dialogue' },
  { type: 'dnd.set', on: true },
  { type: 'dnd.set', on: false },
  { type: 'call.dial' },
  { type: 'call.end' },
  { type: 'user-data.erase' },
  { type: 'factory.reset' },
];
const waits = [0, 1, 20, 500, 30_000, 61_000, 120_000, 1_000_000];

const trees = {
  whole: wholeTree,
  empty: {},
  asking: {
    '1230SIP.cfg': '[LANGUAGE]\nPROMPT YES\nVERSION 000001\nFILENAME a.lng\n',
    'a.lng': LANGUAGE_TEXT,
  },
};

test('DND is off at rest, whatever happened, unless the user set it', async () => {
  const step = fc.record({ command: fc.constantFrom(...commands), waitMs: fc.constantFrom(...waits) });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('whole', 'empty', 'asking'),
      fc.array(step, { minLength: 1, maxLength: 12 }),
      async (tree, steps) => {
        const bench = await up({ files: trees[tree], timings: 'field' });
        for (const { command, waitMs } of steps) {
          bench.phone.send(command);
          await bench.clock.runFor(waitMs);
        }
        await bench.clock.runWhile(() => !bench.phone.atRest(), 24 * 3_600_000);
        expect(bench.outcome().dnd).toBe(bench.flash.read().userDnd);
      },
    ),
    { numRuns: 60 },
  );
});
