import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { sleep } from '../../src/clock/clock.ts';
import type { Fact } from '../../src/events/phone-event.ts';
import { handsetFor } from '../../src/phone/handset.ts';
import { withoutSecrets } from '../../src/report/secrets.ts';
import { OpensslBench } from '../device/openssl.ts';
import { type BenchOptions, type BenchPhone, benchPhone, LANGUAGE_TEXT } from './bench-phone.ts';
import { holding } from './holding-flash.ts';

// What a phone asks about security files, and what becomes of them.

const section = (name: string, file: string) =>
  `[${name}]\nPROTOCOL HTTP\nVERSION 000001\nFILENAME ${file}\n`;

const policy = 'KEY_SIZE 2048\n';
const fingerprint = (createHash('sha1').update(policy).digest('hex').toUpperCase().match(/../g) ?? []).join(
  ':',
);
const policyTree = { '1230SIP.cfg': section('SEC_POLICY', 'p.txt'), 'p.txt': policy };
/** A phone that has the user type the fingerprint in. */
const typesItIn = { phoneFlash: holding({ SEC_POLICY: 'SEC_POLICY_ACCEPT VAL_MANUAL_B\n' }) };

/** A phone that was switched on and goes on until it asks. */
async function askingPhone(options: BenchOptions): Promise<BenchPhone> {
  const bench = benchPhone(options);
  bench.phone.send({ type: 'power.on' });
  await untilAsked(bench);
  return bench;
}

async function untilAsked(bench: BenchPhone, times = 1): Promise<void> {
  await bench.clock.runWhile(() => bench.factsOf('question.asked').length < times, 60_000);
  expect(bench.factsOf('question.asked')).toHaveLength(times);
}

/** To the end of its boot. */
async function rest({ clock, phone }: BenchPhone): Promise<void> {
  await clock.runWhile(() => !phone.atRest() && !phone.failed(), 600_000);
  await phone.when(phone.atRest);
}

/** What became of the section, in short. */
function ending(bench: BenchPhone): string {
  const { result, version, error } = bench.factsOf('section.finished').at(-1) ?? {};
  return [result, version ?? '-', error].filter((word) => word !== undefined).join(' ');
}

const answered = (bench: BenchPhone) => bench.factsOf('question.answered');

describe('a fingerprint to accept', () => {
  const asked: Fact<'question.asked'> = {
    type: 'question.asked',
    question: 'accept-fingerprint',
    section: 'SEC_POLICY',
    file: 'p.txt',
    fingerprint,
    expiresInMs: 60_000,
  };

  test('is shown with the file it is of', async () => {
    const bench = await askingPhone({ files: policyTree });
    expect(bench.factsOf('question.asked')).toEqual([asked]);
    expect(bench.flash.read().files).toEqual({});
  });

  test('Yes stores the file and its version', async () => {
    const bench = await askingPhone({ files: policyTree });
    bench.phone.send({ type: 'question.answer', answer: 'yes' });
    await rest(bench);
    expect(answered(bench)).toEqual([
      { type: 'question.answered', question: 'accept-fingerprint', answer: 'yes', by: 'user' },
    ]);
    expect(ending(bench)).toBe('stored 000001');
    expect(bench.outcome()).toMatchObject({ ok: true, flash: { files: { SEC_POLICY: ['p.txt'] } } });
  });

  test('No refuses the file, and the version is not stored', async () => {
    const bench = await askingPhone({ files: policyTree });
    bench.phone.send({ type: 'question.answer', answer: 'no' });
    await rest(bench);
    expect(answered(bench)).toEqual([
      { type: 'question.answered', question: 'accept-fingerprint', answer: 'no', by: 'user' },
    ]);
    expect(bench.factsOf('file.refused').map(({ code, message }) => `${code} ${message}`)).toEqual([
      `NOT_CONFIRMED p.txt: the fingerprint ${fingerprint} was not accepted`,
    ]);
    expect(ending(bench)).toBe('kept - NOT_CONFIRMED');
    expect(bench.outcome().ok).toBe(false);
  });

  test('no key within a minute is as good as No', async () => {
    const bench = await askingPhone({ files: policyTree });
    const askedAt = bench.clock.now();
    await bench.clock.runWhile(() => answered(bench).length === 0, 600_000);
    expect(bench.clock.now() - askedAt).toBe(60_000);
    await rest(bench);
    expect(answered(bench)).toEqual([
      { type: 'question.answered', question: 'accept-fingerprint', answer: 'no', by: 'expiry' },
    ]);
    expect(bench.factsOf('file.refused').map(({ message }) => message)).toEqual([
      'p.txt: nobody answered "Accept p.txt?"',
    ]);
    expect(ending(bench)).toBe('kept - NOT_CONFIRMED');
  });

  test('what was refused is asked about again at the next check', async () => {
    const bench = await askingPhone({ files: policyTree });
    await rest(bench);
    await bench.follow('power.off');
    bench.phone.send({ type: 'phone.resume' });
    bench.phone.send({ type: 'updates.check' });
    await untilAsked(bench, 2);
    bench.phone.send({ type: 'question.answer', answer: 'yes' });
    await rest(bench);
    expect(ending(bench)).toBe('stored 000001');
  });

  test('the check goes on with the next section', async () => {
    const bench = await askingPhone({
      files: {
        ...policyTree,
        '1230SIP.cfg': `${policyTree['1230SIP.cfg']}${section('LANGUAGE', 'a.lng')}`,
        'a.lng': LANGUAGE_TEXT,
      },
    });
    await rest(bench);
    expect(bench.factsOf('section.finished').map(({ result }) => result)).toEqual(['kept', 'stored']);
  });

  test('a reset takes it off the screen and restarts the phone', async () => {
    const bench = await askingPhone({ files: policyTree });
    bench.phone.send({ type: 'phone.reset' });
    expect(answered(bench)).toEqual([
      { type: 'question.answered', question: 'accept-fingerprint', answer: 'no', by: 'cancelled' },
    ]);
    await untilAsked(bench, 2);
    expect(bench.factsOf('update.finished').map(({ result }) => result)).toEqual(['cut']);
    expect(bench.factsOf('phone.restarted').map(({ why }) => why)).toEqual(['reset']);
  });

  test('loss of power takes it away, and nothing is stored', async () => {
    const bench = await askingPhone({ files: policyTree });
    bench.phone.send({ type: 'power.off' });
    await bench.clock.runFor(600_000);
    expect(answered(bench)).toEqual([]);
    expect(bench.flash.read().versions).toEqual({});
  });

  test('DND is on while a check a user asked for asks, and off after it', async () => {
    const bench = benchPhone({ files: policyTree });
    bench.phone.send({ type: 'phone.resume' });
    bench.phone.send({ type: 'updates.check' });
    await untilAsked(bench);
    bench.phone.send({ type: 'call.incoming' });
    expect(bench.factsOf('call.refused').map(({ why }) => why)).toEqual(['dnd']);
    await rest(bench);
    expect(bench.outcome().dnd).toBe(false);
  });

  test('a text is no answer to it', async () => {
    const bench = await askingPhone({ files: policyTree });
    bench.phone.send({ type: 'question.enter', text: 'yes' });
    expect(answered(bench)).toEqual([]);
  });
});

describe('a fingerprint to type in', () => {
  const answers: [title: string, text: string, ending: string][] = [
    ['the right one stores the file', fingerprint, 'stored 000001'],
    ['in small letters too', fingerprint.toLowerCase().replaceAll(':', ' '), 'stored 000001'],
    ['another refuses it', fingerprint.replace(/^./, 'x'), 'kept - NOT_CONFIRMED'],
    ['an empty one refuses it', '', 'kept - NOT_CONFIRMED'],
  ];
  test.for(answers)('%s', async ([, text, expected]) => {
    const bench = await askingPhone({ files: policyTree, ...typesItIn });
    expect(bench.factsOf('question.asked')).toEqual([
      {
        type: 'question.asked',
        question: 'enter-fingerprint',
        section: 'SEC_POLICY',
        file: 'p.txt',
        expiresInMs: 60_000,
      },
    ]);
    bench.phone.send({ type: 'question.enter', text });
    await rest(bench);
    expect(answered(bench)).toEqual([
      { type: 'question.answered', question: 'enter-fingerprint', answer: 'typed', by: 'user' },
    ]);
    expect(ending(bench)).toBe(expected);
  });

  test('Yes is no answer to it', async () => {
    const bench = await askingPhone({ files: policyTree, ...typesItIn });
    bench.phone.send({ type: 'question.answer', answer: 'yes' });
    expect(answered(bench)).toEqual([]);
  });

  test('the keys type it', async () => {
    const bench = benchPhone({ files: policyTree, ...typesItIn });
    const handset = handsetFor(bench.phone, bench.journal);
    bench.phone.send({ type: 'power.on' });
    await untilAsked(bench);
    expect(handset.keys()).toEqual(['text', 'OK', 'Clear']);
    const [first, ...others] = fingerprint.split(':');
    for (const key of ['a slip', 'Clear', first ?? '', others.join('')]) handset.press(key);
    expect(
      handset
        .lcd()
        .lines.slice(0, 3)
        .map((line) => line.trimEnd()),
    ).toEqual([
      'Fingerprint of p.txt?',
      fingerprint.replaceAll(':', '').slice(0, 24),
      fingerprint.replaceAll(':', '').slice(24),
    ]);
    handset.press('OK');
    await rest(bench);
    expect(ending(bench)).toBe('stored 000001');
  });
});

describe('the password of a device certificate', () => {
  const openssl = new OpensslBench();
  openssl.root('device');
  openssl.run(
    'pkcs12 -export -inkey device.key -in device.pem -out device.p12 -certpbe PBE-SHA1-3DES -passout',
    'pass:top secret',
  );
  const files = {
    '1230SIP.cfg': section('DEV_CERT', 'cert*.p12'),
    'cert001B4F123001.p12': openssl.read('device.p12'),
  };

  test('opens it, and what is kept is key and certificate in PEM', async () => {
    const bench = await askingPhone({ files });
    bench.phone.send({ type: 'question.enter', text: 'top secret' });
    await rest(bench);
    expect(ending(bench)).toBe('stored 000001');
    const { versions, files: stored } = bench.flash.read();
    expect(versions).toEqual({ 'DEV_CERT#1': '000001' });
    const [file] = stored.DEV_CERT ?? [];
    const kept = Buffer.from(bench.flash.body(file?.content?.sha256 ?? '') ?? '').toString('latin1');
    expect(kept.match(/-----BEGIN .*-----/g)).toEqual([
      '-----BEGIN RSA PRIVATE KEY-----',
      '-----BEGIN CERTIFICATE-----',
    ]);
    expect(file?.content?.sizeBytes).toBe(kept.length);
  });

  test('the room it takes is that of what is kept', async () => {
    const bench = await askingPhone({ files, quirks: { customDataMax: 1_000 } });
    bench.phone.send({ type: 'question.enter', text: 'top secret' });
    await rest(bench);
    expect(ending(bench)).toBe('kept - NO_CAPACITY');
  });

  test('a wrong one refuses it', async () => {
    const bench = await askingPhone({ files });
    bench.phone.send({ type: 'question.enter', text: 'wrong' });
    await rest(bench);
    expect(ending(bench)).toBe('kept - WRONG_PASSWORD');
  });

  test('leaves the program in no fact, sent or keyed in, and stands on no panel', async () => {
    const bench = benchPhone({ files });
    const handset = handsetFor(bench.phone, bench.journal);
    bench.phone.send({ type: 'power.on' });
    await untilAsked(bench);
    handset.press('top secret');
    expect(
      handset
        .lcd()
        .lines.slice(0, 3)
        .map((line) => line.trimEnd()),
    ).toEqual(['Password of', 'cert001B4F123001.p12?', '**********']);
    handset.press('OK');
    await rest(bench);
    expect(ending(bench)).toBe('stored 000001');
    expect(JSON.stringify(bench.facts().map(withoutSecrets))).not.toContain('secret');
  });

  test('with quirk deviceCertProfile=scep nothing is asked, and the file is refused', async () => {
    const bench = benchPhone({ files, quirks: { deviceCertProfile: 'scep' } });
    await bench.follow('power.on');
    expect(bench.factsOf('question.asked')).toEqual([]);
    expect(ending(bench)).toBe('kept - BAD_CERTIFICATE');
  });
});

test('the time a question is on the screen does not count towards the limit of a check', async () => {
  const names = Array.from({ length: 80 }, (_, index) => `FILENAME ${index}.png`).join('\n');
  const bench = benchPhone({
    files: {
      ...policyTree,
      '1230SIP.cfg': `${policyTree['1230SIP.cfg']}[IMAGES]\nPROTOCOL HTTP\nVERSION 000001\n${names}\n`,
    },
    door: (loopback) => ({
      async *fetch(request, signal) {
        if (!request.path.endsWith('.png')) yield* loopback.fetch(request, signal);
        else await sleep(bench.clock, 100_000, signal);
      },
      close: () => loopback.close(),
    }),
  });
  await bench.follow('power.on');
  const [finished] = bench.entries.filter(({ event }) => event.type === 'update.finished');
  expect(Math.round((finished?.at ?? 0) / 1000)).toBe(7200 + 60);
});
