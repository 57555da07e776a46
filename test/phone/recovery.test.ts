import { expect, test } from 'vitest';
import { benchPhone } from './bench-phone.ts';
import { wholeTree } from './demo-files.ts';

const interrupted = { image: 'writing' as const };

test('a phone whose image write was interrupted gets its image by the boot file, over TFTP', async () => {
  const bench = benchPhone({ files: wholeTree, flash: interrupted });
  await bench.follow('power.on');
  expect(
    bench
      .factsOf('file.requested')
      .slice(0, 2)
      .map((fact) => [fact.protocol, fact.file]),
  ).toEqual([
    ['tftp', '1230Boot.cfg'],
    ['tftp', 'firmware/SIP12x004.04.09.00.bin'],
  ]);
  expect(bench.outcome()).toMatchObject({ ok: true, state: 'idle' });
  expect(bench.flash.read()).toMatchObject({ image: 'ok', software: 'SIP12x004.04.09.00' });
});

test('recovery writes the image even when it is the one that ran', async () => {
  const bench = benchPhone({ files: wholeTree, flash: { ...interrupted, software: 'SIP12x004.04.09.00' } });
  await bench.follow('power.on');
  expect(bench.factsOf('firmware.written')).toEqual([
    { type: 'firmware.written', software: 'SIP12x004.04.09.00' },
  ]);
  expect(bench.flash.read().image).toBe('ok');
});

test('without a boot file the phone tries ten times, a minute apart, and stays in recovery', async () => {
  const bench = benchPhone({ files: {}, flash: interrupted, timings: 'field' });
  await bench.follow('power.on');
  const tries = bench.entries.filter(({ event }) => event.type === 'recovery.started').map(({ at }) => at);
  expect(tries).toHaveLength(10);
  const gaps = tries.slice(1).map((at, index) => Math.round((at - (tries[index] ?? 0)) / 1000));
  expect(gaps).toEqual(Array(9).fill(60));
  expect(bench.outcome()).toMatchObject({ ok: false, state: 'recovery' });
  expect(bench.factsOf('problem.told').map(({ code, severity }) => `${code} ${severity}`)).toEqual([
    ...Array(10).fill('NOT_FOUND warning'),
    'NO_BOOT_FILE error',
  ]);
});

test('a boot file that comes late saves the phone, and the boot is as it should be', async () => {
  const bench = benchPhone({ files: {}, flash: interrupted, timings: 'field' });
  bench.phone.send({ type: 'power.on' });
  await bench.clock.runWhile(() => bench.factsOf('recovery.started').length < 3, 3_600_000);
  bench.publish(wholeTree);
  await bench.clock.runWhile(() => !bench.phone.atRest(), 3_600_000);
  expect(bench.outcome()).toMatchObject({ ok: true, state: 'idle' });
});

test('with quirk interruptedWrite=old-image the old image runs on', async () => {
  const bench = benchPhone({ flash: interrupted, quirks: { interruptedWrite: 'old-image' } });
  await bench.follow('power.on');
  expect(bench.factsOf('recovery.started')).toEqual([]);
  expect(bench.outcome()).toMatchObject({ state: 'login' });
});

test('with quirk bootFile=model-sip the boot loader asks for the provisioning file', async () => {
  const bench = benchPhone({ files: wholeTree, flash: interrupted, quirks: { bootFile: 'model-sip' } });
  await bench.follow('power.on');
  expect(bench.factsOf('file.requested')[0]).toMatchObject({ protocol: 'tftp', file: '1230SIP.cfg' });
  expect(bench.flash.read().image).toBe('ok');
});

test('a phone in recovery that knows no server says so and rests', async () => {
  const bench = benchPhone({ flash: interrupted, server: 'unknown' });
  await bench.follow('power.on');
  expect(bench.outcome()).toMatchObject({ ok: false, state: 'recovery', requests: [] });
});
