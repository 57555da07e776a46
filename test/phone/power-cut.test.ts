import { expect, test } from 'vitest';
import type { FlashContents } from '../../src/device/flash-contents.ts';
import { foldFlash } from '../../src/report/flash-fold.ts';
import { type BenchPhone, benchPhone } from './bench-phone.ts';
import { wholeTree } from './demo-files.ts';

// Power is cut at every fact of a boot and of a check, one after the other; each time the phone must come
// back.

async function unbroken(): Promise<BenchPhone> {
  const bench = benchPhone({ files: wholeTree, timings: 'field' });
  await bench.follow('power.on', 'updates.check');
  return bench;
}

/** The same story with power cut as soon as fact number `n` is told, and a boot and a check after it. */
async function cutAt(n: number): Promise<BenchPhone> {
  const bench = benchPhone({ files: wholeTree, timings: 'field' });
  const cut = () => bench.entries.length >= n;
  for (const type of ['power.on', 'updates.check'] as const) {
    if (cut()) break;
    bench.phone.send({ type });
    await bench.clock.runWhile(() => !cut() && !bench.phone.atRest(), 24 * 3600 * 1000);
  }
  await bench.follow('power.off');
  await bench.follow('power.on', 'updates.check');
  return bench;
}

/** Flash without what differs from run to run by design: when a file was received. */
function lasting({ files, ...flash }: FlashContents) {
  const names = Object.entries(files).map(([section, stored]) => [
    section,
    stored.map(({ name, content }) => ({ name, sha256: content?.sha256 })),
  ]);
  return { ...flash, files: Object.fromEntries(names) };
}

test('wherever power is cut, the phone comes back and ends as if it had not been', async () => {
  const whole = await unbroken();
  const expected = lasting(whole.flash.read());
  expect(expected.image).toBe('ok');
  for (let n = 1; n <= whole.entries.length; n++) {
    const bench = await cutAt(n);
    const told = `power cut after fact ${n}, ${whole.entries[n - 1]?.event.type}`;
    expect(lasting(bench.flash.read()), told).toEqual(expected);
    expect(bench.outcome(), told).toMatchObject({ state: 'idle', dnd: false });
    expect(foldFlash(bench.entries)?.versions, told).toEqual(bench.flash.read().versions);
  }
});

test('a transfer cut by loss of power is told as ABORTED and nothing of it is kept', async () => {
  const bench = benchPhone({ files: wholeTree });
  bench.phone.send({ type: 'power.on' });
  await bench.clock.runWhile(() => bench.factsOf('file.requested').length < 2, 60_000);
  bench.phone.send({ type: 'power.off' });
  expect(bench.facts().slice(-3)).toEqual([
    expect.objectContaining({ type: 'file.failed', code: 'ABORTED' }),
    { type: 'update.finished', check: 1, trigger: 'power-up', result: 'cut' },
    { type: 'power.off' },
  ]);
  await bench.clock.runFor(60_000);
  expect(bench.facts().at(-1)).toEqual({ type: 'power.off' });
  expect(bench.flash.read().versions).toEqual({});
});

test('power that comes and goes without a pause changes nothing', async () => {
  const bench = benchPhone({ files: wholeTree });
  for (let i = 0; i < 5; i++) {
    bench.phone.send({ type: 'power.on' });
    bench.phone.send({ type: 'power.off' });
  }
  await bench.clock.runFor(60_000);
  expect(bench.outcome()).toMatchObject({ state: 'off', requests: [] });
  expect(bench.clock.pendingTimers).toBe(0);
  expect(bench.clock.openHolds).toBe(0);
});
