import { describe, expect, test } from 'vitest';
import type { Authenticity } from '../../src/device/circumstances.ts';
import { signFile } from '../../src/device/sign-file.ts';
import { makeTestSigner } from '../../src/device/signing-key.ts';
import { blankLcd, redraw } from '../../src/display/lcd.ts';
import { type BenchOptions, type BenchPhone, benchPhone, image, LANGUAGE_TEXT } from './bench-phone.ts';
import { type Held, holding } from './holding-flash.ts';

// Whom a phone believes, seen from outside: signed provisioning files, and the maker's own.

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2026, 2, 2, 8);
const signer = makeTestSigner({ notBefore: START_MS - DAY_MS, days: 30 });
const key = { key: signer.key, certificates: signer.certificate };
const signed = (text: string | Uint8Array) => signFile(Buffer.from(text), key);
const section = (name: string, file: string, more = '') =>
  `[${name}]\nPROTOCOL HTTP\nVERSION 000001\nFILENAME ${file}\n${more}`;

describe('SECURITY_POLICY_PARAM_CHANGE', () => {
  const yes = 'SECURITY_POLICY_PARAM_CHANGE YES\n';
  const plan = section('LANGUAGE', 'a.lng');
  const language = { 'a.lng': LANGUAGE_TEXT };
  const tampered = Buffer.concat([Buffer.from('# more\n'), signed(plan)]);

  const rows: [title: string, held: Held, plan: string | Uint8Array, expected: string[]][] = [
    ['NO: an unsigned provisioning file is read', { USER_KEYS: signer.root }, plan, ['done', 'LANGUAGE']],
    ['YES without a root: so it is', { SEC_POLICY: yes }, plan, ['done', 'LANGUAGE']],
    [
      'YES and a root: an unsigned one is refused',
      { SEC_POLICY: yes, USER_KEYS: signer.root },
      plan,
      ['no-provisioning-file', 'AUTHENTICATION_FAILED'],
    ],
    [
      'YES and a root: an altered one is refused',
      { SEC_POLICY: yes, USER_KEYS: signer.root },
      tampered,
      ['no-provisioning-file', 'AUTHENTICATION_FAILED'],
    ],
    [
      'YES and a root: one that is signed under it is read',
      { SEC_POLICY: yes, USER_KEYS: signer.root },
      signed(plan),
      ['done', 'LANGUAGE'],
    ],
  ];
  test.for(rows)('%s', async ([, held, content, expected]) => {
    const bench = benchPhone({ files: { '1230SIP.cfg': content, ...language }, phoneFlash: holding(held) });
    await bench.follow('power.on');
    expect([
      ...bench.factsOf('update.finished').map(({ result }) => result),
      ...bench.factsOf('provisioning-file.read').flatMap(({ sections }) => sections),
      ...bench.factsOf('provisioning-file.refused').map(({ code }) => code),
    ]).toEqual(expected);
  });

  test('a refused provisioning file is a failure of the run, told once, and flash stays as it was', async () => {
    const bench = benchPhone({
      files: { '1230SIP.cfg': plan, ...language },
      phoneFlash: holding({ SEC_POLICY: yes, USER_KEYS: signer.root }),
    });
    const before = bench.flash.read();
    await bench.follow('power.on');
    expect(bench.flash.read()).toEqual(before);
    const message =
      '1230SIP.cfg: SECURITY_POLICY_PARAM_CHANGE is YES, so the file must be signed: it is not signed';
    expect(bench.outcome()).toMatchObject({
      ok: false,
      state: 'login',
      failures: [{ code: 'AUTHENTICATION_FAILED', file: '1230SIP.cfg', check: 1, message }],
    });
    expect(panel(bench)).toContain('[1230SIP.cfg] Authentication Failed');
  });

  test('a signature is no line of the file: nothing of it is told', async () => {
    const bench = benchPhone({
      files: {
        '1230SIP.cfg': signed(section('DEVICE_CONFIG', 'd.cfg')),
        'd.cfg': signed('BANNER ACME\n'),
      },
    });
    await bench.follow('power.on');
    expect(bench.outcome()).toMatchObject({ ok: true, problems: [], settings: { BANNER: 'ACME' } });
  });

  test('the boot loader knows no policy', async () => {
    const load = 'SIP12x004.04.09.00';
    const bench = benchPhone({
      files: { '1230Boot.cfg': `[FW]\nVERSION ${load}\nFILENAME a.bin\n`, 'a.bin': image(load) },
      flash: { image: 'writing' },
      phoneFlash: holding({ SEC_POLICY: yes, USER_KEYS: signer.root }),
    });
    await bench.follow('power.on');
    expect(bench.flash.read()).toMatchObject({ image: 'ok', software: load });
  });
});

describe('authenticity', () => {
  const load = 'SIP12x004.04.09.00';
  const tree = (content: Uint8Array, language: string | Uint8Array) => ({
    '1230SIP.cfg': `${section('LANGUAGE', 'a.lng')}[FW]\nPROTOCOL HTTP\nVERSION ${load}\nFILENAME a.bin\n`,
    'a.bin': content,
    'a.lng': language,
  });
  const unsigned = tree(image(load), LANGUAGE_TEXT);
  const bySigner = tree(signed(image(load)), signed(LANGUAGE_TEXT));
  const stored = ['LANGUAGE stored', 'FW stored'];
  const refused = ['LANGUAGE kept AUTHENTICATION_FAILED', 'FW kept AUTHENTICATION_FAILED'];

  const rows: [
    title: string,
    authenticity: Authenticity,
    files: BenchOptions['files'],
    expected: string[],
  ][] = [
    ['accept takes what is unsigned', 'accept', unsigned, stored],
    ['reject takes nothing', 'reject', bySigner, refused],
    ['signed-by takes what is signed under its root', { signedBy: signer.root }, bySigner, stored],
    ['signed-by refuses what is unsigned', { signedBy: signer.root }, unsigned, refused],
  ];
  test.for(rows)('%s', async ([, authenticity, files, expected]) => {
    const bench = benchPhone({ ...(files && { files }), authenticity });
    await bench.follow('power.on');
    expect(
      bench
        .factsOf('section.finished')
        .slice(0, 2)
        .map(({ section: name, result, error = '' }) => `${name} ${result} ${error}`.trimEnd()),
    ).toEqual(expected);
  });

  test('an image taken without proof is told once', async () => {
    const bench = benchPhone({ files: unsigned });
    await bench.follow('power.on');
    expect(
      bench
        .factsOf('problem.told')
        .filter(({ code, section: of }) => code === 'NOT_AUTHENTICATED' && of === 'FW')
        .map(({ message }) => message),
    ).toEqual(["a.bin: a real phone would also check Avaya's signature"]);
  });

  test('rejected firmware is shown, and the old image stays', async () => {
    const bench = benchPhone({ files: unsigned, authenticity: 'reject' });
    await bench.follow('power.on');
    expect(bench.flash.read().software).toBe('SIP12x004.01.13.00');
    expect(panel(bench)).toContain('[FW] Authentication Failed');
  });

  const dates: [signerDates: 'ignore' | 'enforce', expected: string[]][] = [
    ['ignore', stored],
    ['enforce', refused],
  ];
  test.for(dates)('with quirk signerDates=%s a signer that has expired', async ([signerDates, expected]) => {
    const bench = benchPhone({
      files: bySigner,
      authenticity: { signedBy: signer.root },
      quirks: { signerDates },
    });
    bench.phone.send({ type: 'phone.resume' });
    bench.phone.send({ type: 'clock.set', toMs: START_MS + 40 * DAY_MS });
    await bench.follow('updates.check');
    expect(
      bench
        .factsOf('section.finished')
        .slice(0, 2)
        .map(({ section: name, result, error = '' }) => `${name} ${result} ${error}`.trimEnd()),
    ).toEqual(expected);
  });
});

describe('HTTPS', () => {
  const files = {
    '1230SIP.cfg': section('LANGUAGE', 'a.lng').replace('HTTP', 'HTTPS'),
    'a.lng': LANGUAGE_TEXT,
  };
  const device = `${signer.key}${signer.certificate}`;
  const rows: [title: string, held: Held, shown: string[]][] = [
    ['shows no certificate where there is none', {}, ['']],
    ["shows the phone's device certificate", { DEV_CERT: device }, [device]],
  ];
  test.for(rows)('%s', async ([, held, expected]) => {
    const shown: string[] = [];
    const bench = benchPhone({
      files,
      phoneFlash: holding(held),
      door: (loopback) => ({
        fetch: (request, signal) => {
          if (request.protocol === 'https') shown.push(request.tls?.client?.certificate ?? '');
          return loopback.fetch(request, signal);
        },
        close: () => loopback.close(),
      }),
    });
    await bench.follow('power.on');
    expect(shown).toEqual(expected);
  });
});

/** What the panel says now, its lines joined. */
function panel(bench: BenchPhone): string {
  const lcd = bench.facts().reduce(redraw, blankLcd('1230'));
  return lcd.lines.map((line) => line.trimEnd()).join(' ');
}
