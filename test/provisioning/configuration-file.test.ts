import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ConfigurationFile, parseConfigurationFile } from '../../src/provisioning/configuration-file.ts';
import { defaultQuirks } from '../../src/provisioning/quirks.ts';
import { cpuMs, hostileFile, hostileFiles } from './linear.ts';

function parse(content: string | Uint8Array): ConfigurationFile {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return parseConfigurationFile(bytes, {
    file: 'device.cfg',
    section: 'DEVICE_CONFIG',
    quirks: defaultQuirks,
  });
}

const cases: [title: string, text: string, name: string, value: string][] = [
  ['a name and its value', 'SIP_PING NO', 'SIP_PING', 'NO'],
  ['a value with blanks', 'BANNER THIS IS A  BANNER', 'BANNER', 'THIS IS A  BANNER'],
  ['a value behind tabs', 'BANNER\t \tACME', 'BANNER', 'ACME'],
  ['a value before blanks', 'BANNER ACME \t ', 'BANNER', 'ACME'],
  ['an empty value', 'SIP_DOMAIN2 ', 'SIP_DOMAIN2', ''],
  ['a name alone', 'SIP_DOMAIN2', 'SIP_DOMAIN2', ''],
  ['a value with a comment', 'SIP_PING NO # not here', 'SIP_PING', 'NO'],
  ['a star in a value', 'ADMIN_PASSWORD 26567*738', 'ADMIN_PASSWORD', '26567*738'],
  ['commas and semicolons', 'DIAL_TONE 350,440;-1', 'DIAL_TONE', '350,440;-1'],
  ['an equals sign, which is part of the name', 'A=B C', 'A=B', 'C'],
  ['quotes, which are part of the value', 'BANNER "ACME"', 'BANNER', '"ACME"'],
  ['any name at all', '802.1P_DATA 6', '802.1P_DATA', '6'],
];
test.for(cases)('reads %s', ([, text, name, value]) => {
  const expected = { values: [{ name, value, line: 2 }], problems: [], cutOff: false };
  expect(parse(`# a comment\n${text}\n\n`)).toEqual(expected);
});

test('keeps the order of the file, and a name that stands twice', () => {
  const { values, problems } = parse('B 1\nA 2\nB 3\n');
  expect(values.map(({ name, value }) => `${name}=${value}`)).toEqual(['B=1', 'A=2', 'B=3']);
  expect(problems).toEqual([]);
});

test('a # in a value ends it, and the problem does not repeat the value', () => {
  expect(parse('AUTOLOGIN_PASSWD_KEY01 se#cret\n')).toEqual({
    values: [{ name: 'AUTOLOGIN_PASSWD_KEY01', value: 'se', line: 1 }],
    problems: [
      {
        severity: 'warning',
        code: 'HASH_IN_VALUE',
        file: 'device.cfg',
        section: 'DEVICE_CONFIG',
        line: 1,
        message: 'the value of "AUTOLOGIN_PASSWD_KEY01" ends at the #; what follows is a comment',
      },
    ],
    cutOff: false,
  });
});

test('a line of 81 bytes ends the reading and names what was lost', () => {
  const text = `A 1\nBANNER ${'x'.repeat(74)}\n# comment\nSIP_PING NO\nVMAIL 1\n`;
  expect(parse(text)).toEqual({
    values: [{ name: 'A', value: '1', line: 1 }],
    problems: [
      {
        severity: 'error',
        code: 'LINE_TOO_LONG',
        file: 'device.cfg',
        section: 'DEVICE_CONFIG',
        line: 2,
        message:
          'the line has 81 bytes; expected at most 80. A phone stops reading here; lost: BANNER, SIP_PING, VMAIL',
      },
    ],
    cutOff: true,
  });
});

test('5,000 values are taken at most', () => {
  const { values, problems } = parse('A 1\n'.repeat(5_002));
  expect(values).toHaveLength(5_000);
  expect(problems.map(({ code, line, message }) => [code, line, message])).toEqual([
    ['TOO_MANY_PARAMETERS', 5_001, 'the file has 5002 values; this emulator takes the first 5000'],
  ]);
});

test('without a section the problems name none', () => {
  const { problems } = parseConfigurationFile(Buffer.from('A 1#2'), { file: 'x.cfg', quirks: defaultQuirks });
  expect(problems.map((problem) => Object.keys(problem))).toEqual([
    ['severity', 'code', 'file', 'line', 'message'],
  ]);
});

describe('for any file', () => {
  test('bytes of any kind are parsed without exception', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 4000 }), (bytes) => void parse(bytes)));
  });

  test('what was written is read back, with LF and CRLF alike', () => {
    const name = fc.stringMatching(/^[A-Z0-9_.]{1,20}$/);
    const value = fc.stringMatching(/^[!-"$-~]([ -"$-~]{0,40}[!-"$-~])?$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { maxLength: 10 }), (pairs) => {
        const lines = pairs.map((pair) => pair.join(' '));
        const read = parse(lines.join('\n'));
        expect(read.values.map((each) => [each.name, each.value])).toEqual(pairs);
        expect(parse(lines.join('\r\n'))).toEqual(read);
      }),
    );
  });
});

describe('512 KiB cost twice what half of them costs', () => {
  test.for(hostileFiles)('of %s', ([, pattern]) => {
    const [half, whole] = [hostileFile(pattern, 256 * 1024), hostileFile(pattern, 512 * 1024)];
    expect(cpuMs(() => parse(whole))).toBeLessThan(3 * cpuMs(() => parse(half)) + 100);
    expect(parse(whole).problems.length).toBeLessThan(500);
  });
});

test('1 MiB of one long line is read', () => {
  expect(parse(hostileFile('[', 1024 * 1024)).cutOff).toBe(true);
});
