import { expect, test } from 'vitest';
import { benchPhone } from './bench-phone.ts';
import { wholeTree } from './demo-files.ts';

test('DND is on from the start of a check a user asks for to its end', async () => {
  const bench = benchPhone({ files: wholeTree });
  await bench.follow('power.on');
  expect(bench.factsOf('dnd.enabled')).toEqual([]);
  const before = bench.facts().length;
  await bench.follow('updates.check');
  const types = bench
    .facts()
    .slice(before)
    .map(({ type }) => type);
  expect(types.slice(0, 3)).toEqual(['update.started', 'dnd.enabled', 'file.requested']);
  expect(types.indexOf('dnd.disabled')).toBe(types.indexOf('update.finished') - 1);
  expect(bench.outcome().dnd).toBe(false);
});

test("with quirk dndAtPowerUp=yes also from power-up's", async () => {
  const bench = benchPhone({ files: wholeTree, quirks: { dndAtPowerUp: 'yes' } });
  await bench.follow('power.on');
  expect(bench.factsOf('dnd.enabled').length).toBe(2);
  expect(bench.factsOf('dnd.disabled').length).toBe(2);
});

test("the user's own DND is still on after a check, and after loss of power", async () => {
  const bench = benchPhone({ files: wholeTree });
  await bench.follow('power.on');
  bench.phone.send({ type: 'dnd.set', on: true });
  await bench.follow('updates.check');
  expect(bench.outcome().dnd).toBe(true);
  await bench.follow('power.off', 'power.on');
  expect(bench.flash.read().userDnd).toBe(true);
});

test('what the user sets during a check holds after it', async () => {
  const bench = benchPhone({ files: wholeTree });
  await bench.follow('power.on');
  bench.phone.send({ type: 'updates.check' });
  bench.phone.send({ type: 'dnd.set', on: true });
  await bench.clock.runFor(60_000);
  expect(bench.flash.read().userDnd).toBe(true);
  expect(bench.outcome()).toMatchObject({ state: 'idle', dnd: true });
});

test('a second check during a check is ignored and told', async () => {
  const bench = benchPhone({ files: wholeTree });
  await bench.follow('power.on');
  bench.phone.send({ type: 'updates.check' });
  await bench.follow('updates.check');
  expect(bench.factsOf('update.refused')).toEqual([
    { type: 'update.refused', trigger: 'soft-key', why: 'check-running' },
  ]);
  expect(bench.factsOf('update.started').length).toBe(3);
});

test('Check for Updates on the login screen is refused', async () => {
  const bench = benchPhone({ files: {} });
  await bench.follow('power.on', 'updates.check');
  expect(bench.factsOf('update.refused')).toEqual([
    { type: 'update.refused', trigger: 'soft-key', why: 'logged-out' },
  ]);
});

test('Check for Updates on a phone without power is refused', async () => {
  const bench = benchPhone();
  bench.phone.send({ type: 'updates.check' });
  expect(bench.factsOf('update.refused')).toEqual([
    { type: 'update.refused', trigger: 'soft-key', why: 'not-up' },
  ]);
});

test('a reset during a check cuts it after the running file', async () => {
  const bench = benchPhone({ files: wholeTree, flash: { software: 'SIP12x004.04.09.00' } });
  bench.phone.send({ type: 'power.on' });
  await bench.clock.runWhile(() => bench.factsOf('file.requested').length < 2, 60_000);
  bench.phone.send({ type: 'phone.reset' });
  await bench.clock.runWhile(() => bench.factsOf('phone.restarted').length < 1, 60_000);
  expect(bench.factsOf('file.received').length).toBe(2);
  expect(bench.factsOf('update.finished')).toEqual([
    { type: 'update.finished', check: 1, trigger: 'power-up', result: 'cut' },
  ]);
  await bench.clock.runWhile(() => !bench.phone.atRest(), 600_000);
  expect(bench.outcome().state).toBe('idle');
});
