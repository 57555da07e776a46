import { expect, test } from 'vitest';
import { sleep } from '../../src/clock/clock.ts';
import type { FlashContents } from '../../src/device/flash-contents.ts';
import type { PhoneCommand } from '../../src/phone/command.ts';
import { type BenchPhone, benchPhone, image } from './bench-phone.ts';
import { wholeTree } from './demo-files.ts';

// Whoever listens to facts may act on one at once, while the check is in the middle of a step of its own: it
// must not go on then.

const tree = {
  ...wholeTree,
  '1230SIP.cfg': [
    wholeTree['1230SIP.cfg'],
    '[SEC_POLICY]\nVERSION 000001\nPROTOCOL HTTP\nFILENAME policy.txt\n',
    '[TONES]\nPROMPT YES\nVERSION 000001\nPROTOCOL HTTP\nFILENAME ring.wav\n',
  ].join(''),
  'policy.txt': 'KEY_SIZE 2048\n',
  'ring.wav': 'no sound',
  'device.cfg': `${String(wholeTree['device.cfg'])}USER_FILE_ENABLE YES\n`,
  '1001@example.org.cfg': '[files]\naddressbook=book.txt\n',
  'book.txt': '',
};

/** When whoever listens acts: in the very call that tells the fact, or as soon as promises settle. */
const moments = {
  'at once': (act: () => void) => act(),
  'two promises later': (act: () => void) =>
    void Promise.resolve()
      .then(() => {})
      .then(act),
} as const;

interface Watched {
  readonly bench: BenchPhone;
  /** What flash held when the phone lost power. */
  readonly atCut: () => FlashContents | undefined;
}

/** A boot, a check, and a command as soon as fact number `n` is told. */
async function actAt(
  n: number,
  { command, moment }: { command: PhoneCommand; moment: keyof typeof moments },
): Promise<Watched> {
  let cutContents: FlashContents | undefined;
  const bench = benchPhone({ files: tree, timings: 'field' });
  let facts = 0;
  bench.journal.listen(({ event }) => {
    if (event.type === 'question.asked') bench.phone.send({ type: 'question.answer', answer: 'yes' });
    if (event.type === 'power.off') cutContents = bench.flash.read();
    facts += 1;
    if (facts === n) moments[moment](() => bench.phone.send(command));
  });
  bench.phone.send({ type: 'power.on' });
  await bench.clock.runWhile(() => facts < n && !bench.phone.atRest(), 24 * 3600 * 1000);
  if (facts < n) {
    bench.phone.send({ type: 'updates.check' });
    await bench.clock.runWhile(() => facts < n && !bench.phone.atRest(), 24 * 3600 * 1000);
  }
  return { bench, atCut: () => cutContents };
}

async function factsInAll(): Promise<number> {
  const { bench } = await actAt(Number.POSITIVE_INFINITY, {
    command: { type: 'power.off' },
    moment: 'at once',
  });
  return bench.entries.length;
}

test.for(Object.keys(moments) as (keyof typeof moments)[])(
  'a phone whose power is cut %s tells and writes nothing more',
  async (moment) => {
    const all = await factsInAll();
    for (let n = 1; n <= all; n++) {
      const { bench, atCut } = await actAt(n, { command: { type: 'power.off' }, moment });
      await bench.clock.runFor(3 * 3600 * 1000);
      const about = `cut at fact ${n} of ${all}, ${bench.entries[n - 1]?.event.type}`;
      expect(bench.phone.failed(), about).toBe(false);
      expect(bench.facts().at(-1), about).toEqual({ type: 'power.off' });
      expect(bench.flash.read(), about).toEqual(atCut());
      expect(bench.clock.openHolds, about).toBe(0);
    }
  },
);

test('a phone that is reset at any fact comes to rest within five minutes, its image whole', async () => {
  const all = await factsInAll();
  for (let n = 1; n <= all; n++) {
    const { bench } = await actAt(n, { command: { type: 'phone.reset' }, moment: 'at once' });
    await bench.clock.runFor(300_000);
    const about = `reset at fact ${n} of ${all}, ${bench.entries[n - 1]?.event.type}`;
    expect(bench.phone.failed(), about).toBe(false);
    expect(bench.phone.atRest(), about).toBe(true);
    expect(bench.outcome(), about).toMatchObject({ state: 'idle', dnd: false });
    expect(bench.flash.read().image, about).toBe('ok');
    expect(bench.factsOf('recovery.started'), about).toEqual([]);
  }
});

const upgrade = {
  '1230SIP.cfg': '[FW]\nPROTOCOL HTTP\nVERSION SIP12x004.04.09.00\nFILENAME a.bin\n',
  'a.bin': image('SIP12x004.04.09.00'),
};

test('a reset while an image is fetched ends the check before the image is written', async () => {
  const bench = benchPhone({ files: upgrade, timings: 'field' });
  bench.phone.send({ type: 'power.on' });
  await bench.clock.runWhile(() => bench.factsOf('file.requested').length < 2, 60_000);
  bench.phone.send({ type: 'phone.reset' });
  await bench.clock.runWhile(() => bench.factsOf('phone.restarted').length === 0, 1_000);
  expect(bench.factsOf('firmware.writing')).toEqual([]);
  expect(bench.factsOf('phone.restarted')).toEqual([{ type: 'phone.restarted', why: 'reset' }]);
  expect(bench.flash.read()).toMatchObject({ image: 'ok', software: 'SIP12x004.01.13.00' });
});

test('a reset while an image is written waits for the image', async () => {
  const bench = benchPhone({ files: upgrade, timings: 'field' });
  bench.phone.send({ type: 'power.on' });
  await bench.clock.runWhile(() => bench.factsOf('firmware.writing').length === 0, 60_000);
  bench.phone.send({ type: 'phone.reset' });
  await bench.clock.runWhile(() => !bench.phone.atRest(), 600_000);
  expect(bench.factsOf('recovery.started')).toEqual([]);
  expect(bench.flash.read()).toMatchObject({ image: 'ok', software: 'SIP12x004.04.09.00' });
});

test('a check whose time is up while it writes an image writes it to its end', async () => {
  const slow = 7_190_000;
  const bench = benchPhone({
    files: upgrade,
    timings: 'field',
    door: (loopback) => ({
      async *fetch(request, signal) {
        if (request.path === 'a.bin') await sleep(bench.clock, slow, signal);
        yield* loopback.fetch(request, signal);
      },
      close: () => loopback.close(),
    }),
  });
  bench.phone.send({ type: 'power.on' });
  await bench.clock.runWhile(() => bench.factsOf('phone.restarted').length === 0, 3 * 3600 * 1000);
  expect(bench.factsOf('update.finished').map(({ result }) => result)).toEqual(['reboot']);
  expect(bench.flash.read()).toMatchObject({ image: 'ok', software: 'SIP12x004.04.09.00' });
});

test('a reset while a file is fetched that the user would be asked about asks nothing', async () => {
  const bench = benchPhone({
    files: {
      '1230SIP.cfg': '[SEC_POLICY]\nPROTOCOL HTTP\nVERSION 000001\nFILENAME p.txt\n',
      'p.txt': 'KEY_SIZE 2048\n',
    },
  });
  bench.phone.send({ type: 'power.on' });
  await bench.clock.runWhile(() => bench.factsOf('file.requested').length < 2, 60_000);
  bench.phone.send({ type: 'phone.reset' });
  await bench.clock.runWhile(() => bench.factsOf('phone.restarted').length === 0, 1_000);
  expect(bench.factsOf('question.asked')).toEqual([]);
  expect(bench.factsOf('phone.restarted')).toHaveLength(1);
});
