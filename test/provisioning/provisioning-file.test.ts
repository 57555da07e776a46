import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Problem } from '../../src/provisioning/problem.ts';
import { type ProvisioningFile, parseProvisioningFile } from '../../src/provisioning/provisioning-file.ts';
import { defaultQuirks, type Quirks } from '../../src/provisioning/quirks.ts';
import type { Section } from '../../src/provisioning/section.ts';
import { cpuMs, hostileFile, hostileFiles } from './linear.ts';
import { section } from './sections.ts';

const file = '1230SIP.cfg';

function parse(content: string | Uint8Array, quirks: Partial<Quirks> = {}): ProvisioningFile {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return parseProvisioningFile(bytes, { file, quirks: { ...defaultQuirks, ...quirks } });
}

/** `line CODE message` of each. */
function brief(problems: readonly Problem[]): string[] {
  return problems.map(({ line, code, message }) => `${line ?? '-'} ${code} ${message}`);
}

test('reads every keyword of every section', () => {
  const text = `# comment
[FW]
DOWNLOAD_MODE AUTO
VERSION SIP12x004.04.09.00   # the load
FILENAME firmware/SIP12x004.04.09.00.bin
PROMPT YES
PROTOCOL FTP
SERVER_IP files.example.org
SRV_USER_NAME phone one
SRV_USER_PASS secret

[LANGUAGE]
VERSION 000002
DOWNLOAD_MODE FORCED
DELETE_FILES YES
FILENAME French.lng
\tFILENAME\t German 2.lng
[USER_CONFIG]
DOWNLOAD_MODE FORCED
VERSION 000001
PROTOCOL HTTPS
`;
  expect(parse(text)).toEqual({
    sections: [
      section({
        name: 'FW',
        line: 2,
        version: 'SIP12x004.04.09.00',
        versionLine: 4,
        files: [{ name: 'firmware/SIP12x004.04.09.00.bin', line: 5 }],
        prompt: true,
        protocol: 'ftp',
        serverIp: 'files.example.org',
        userName: 'phone one',
        password: 'secret',
      }),
      section({
        name: 'LANGUAGE',
        line: 12,
        version: '000002',
        versionLine: 13,
        downloadMode: 'FORCED',
        deleteFiles: true,
        files: [
          { name: 'French.lng', line: 16 },
          { name: 'German 2.lng', line: 17 },
        ],
      }),
      section({
        name: 'USER_CONFIG',
        line: 18,
        version: '000001',
        versionLine: 20,
        downloadMode: 'FORCED',
        protocol: 'https',
      }),
    ],
    problems: [],
    cutOff: false,
  });
});

describe('a section', () => {
  const good = 'VERSION 000001\nFILENAME device.cfg\n';
  const device = section({
    name: 'DEVICE_CONFIG',
    version: '000001',
    versionLine: 2,
    files: [{ name: 'device.cfg', line: 3 }],
  });

  const cases: [title: string, keywords: string, expected: Partial<Section>, problems: string[]][] = [
    ['has AUTO, no question and nothing deleted by default', '', {}, []],
    [
      'takes AUTO in lower case',
      'DOWNLOAD_MODE forced',
      { downloadMode: 'FORCED' },
      ['4 VALUE_CASE DOWNLOAD_MODE is "forced"; expected AUTO or FORCED. It is taken'],
    ],
    [
      'keeps AUTO for a bad mode',
      'DOWNLOAD_MODE FORCE',
      {},
      ['4 BAD_VALUE DOWNLOAD_MODE is "FORCE"; expected AUTO or FORCED'],
    ],
    [
      'keeps AUTO for an empty mode',
      'DOWNLOAD_MODE',
      {},
      ['4 BAD_VALUE DOWNLOAD_MODE is ""; expected AUTO or FORCED'],
    ],
    [
      'keeps the mode in force when a repeated one is bad',
      'DOWNLOAD_MODE FORCED\nDOWNLOAD_MODE FORCE',
      { downloadMode: 'FORCED' },
      [
        '5 REPEATED_KEYWORD DOWNLOAD_MODE stands in line 4 too; the last counts',
        '5 BAD_VALUE DOWNLOAD_MODE is "FORCE"; expected AUTO or FORCED',
      ],
    ],
    [
      'takes the last of a repeated keyword',
      'DOWNLOAD_MODE FORCED\nDOWNLOAD_MODE AUTO',
      {},
      ['5 REPEATED_KEYWORD DOWNLOAD_MODE stands in line 4 too; the last counts'],
    ],
    [
      'takes the last VERSION',
      'VERSION 000007',
      { version: '000007', versionLine: 4 },
      ['4 REPEATED_KEYWORD VERSION stands in line 2 too; the last counts'],
    ],
    [
      'takes the first FILENAME',
      'FILENAME second.cfg',
      {},
      ['4 REPEATED_FILENAME [DEVICE_CONFIG] takes one FILENAME; that of line 3 counts'],
    ],
    [
      'skips an empty FILENAME',
      'FILENAME',
      {},
      ['4 BAD_VALUE FILENAME is empty; expected the name of a file'],
    ],
    ['asks no question for a bad PROMPT', 'PROMPT Y', {}, ['4 BAD_VALUE PROMPT is "Y"; expected YES or NO']],
    [
      'takes PROMPT in lower case',
      'PROMPT yes',
      { prompt: true },
      ['4 VALUE_CASE PROMPT is "yes"; expected YES or NO. It is taken'],
    ],
    ['takes every protocol', 'PROTOCOL TFTP', { protocol: 'tftp' }, []],
    [
      'takes a protocol in lower case',
      'PROTOCOL https',
      { protocol: 'https' },
      ['4 VALUE_CASE PROTOCOL is "https"; expected TFTP, FTP, HTTP or HTTPS. It is taken'],
    ],
    [
      'has no protocol for a bad one',
      'PROTOCOL SFTP',
      {},
      ['4 BAD_VALUE PROTOCOL is "SFTP"; expected TFTP, FTP, HTTP or HTTPS'],
    ],
    ['takes an address', 'SERVER_IP 192.0.2.1', { serverIp: '192.0.2.1' }, []],
    ['takes an IPv6 address', 'SERVER_IP [2001:db8::1]', { serverIp: '2001:db8::1' }, []],
    [
      'has no server for a bad address',
      'SERVER_IP 192.0.2.256',
      {},
      ['4 BAD_VALUE SERVER_IP is "192.0.2.256"; expected an IP address or a host name'],
    ],
    [
      'has no server for a URL',
      'SERVER_IP http://h/',
      {},
      ['4 BAD_VALUE SERVER_IP is "http://h/"; expected an IP address or a host name'],
    ],
    [
      'has no server for a port',
      'SERVER_IP 192.0.2.1:8080',
      {},
      ['4 BAD_VALUE SERVER_IP is "192.0.2.1:8080"; expected an IP address or a host name'],
    ],
    [
      'has no server for an empty one',
      'SERVER_IP',
      {},
      ['4 BAD_VALUE SERVER_IP is ""; expected an IP address or a host name'],
    ],
    ['has no user for an empty one', 'SRV_USER_NAME\nSRV_USER_PASS', {}, []],
    [
      'deletes nothing that is no language or tone',
      'DELETE_FILES YES',
      {},
      ['4 KEYWORD_NOT_USED DELETE_FILES has no effect in [DEVICE_CONFIG]'],
    ],
    [
      'skips an unknown keyword',
      'SECURITY_MODE 0',
      {},
      ['4 UNKNOWN_KEYWORD "SECURITY_MODE" is no keyword; it is skipped'],
    ],
    [
      'skips a misspelt keyword and names the nearest',
      'DOWNLOAD_MODES FORCED',
      {},
      ['4 UNKNOWN_KEYWORD "DOWNLOAD_MODES" is no keyword; it is skipped; did you mean DOWNLOAD_MODE?'],
    ],
    [
      'skips a keyword with an equals sign',
      'PROTOCOL=HTTP',
      {},
      ['4 UNKNOWN_KEYWORD "PROTOCOL=HTTP" is no keyword; it is skipped; did you mean PROTOCOL?'],
    ],
    [
      'ends a value at a #',
      'SRV_USER_PASS se#cret',
      { password: 'se' },
      ['4 HASH_IN_VALUE the value of SRV_USER_PASS ends at the #; what follows is a comment'],
    ],
    ['takes a # behind a blank for a comment', 'SRV_USER_PASS se #cret', { password: 'se' }, []],
  ];
  test.for(cases)('%s', ([, keywords, expected, problems]) => {
    const parsed = parse(`[DEVICE_CONFIG]\n${good}${keywords}\n`);
    expect(parsed.sections).toEqual([{ ...device, ...expected }]);
    expect(brief(parsed.problems)).toEqual(problems);
  });

  test.for(['LANGUAGE', 'TONES', 'IMAGES'])('[%s] takes several files', (name) => {
    const parsed = parse(`[${name}]\nVERSION 000001\nFILENAME a\nFILENAME b\nFILENAME a\n`);
    expect(parsed.sections[0]?.files.map((each) => each.name)).toEqual(['a', 'b', 'a']);
    expect(parsed.problems).toEqual([]);
  });

  test('takes 100 files at most', () => {
    const parsed = parse(`[TONES]\nVERSION 000001\n${'FILENAME a\n'.repeat(101)}`);
    expect(parsed.sections[0]?.files).toHaveLength(100);
    expect(brief(parsed.problems)).toEqual([
      '103 TOO_MANY_FILES this emulator takes 100 file names a section; the rest is skipped',
    ]);
  });

  test('without FILENAME is kept without files, and told', () => {
    const parsed = parse('[DIALING_PLAN]\nVERSION 000001\n');
    expect(parsed.sections[0]?.files).toEqual([]);
    expect(brief(parsed.problems)).toEqual(['1 NO_FILENAME [DIALING_PLAN] has no FILENAME; it is skipped']);
  });

  test('USER_CONFIG has no use for FILENAME', () => {
    const parsed = parse('[USER_CONFIG]\nVERSION 000001\nFILENAME SIP001B4F123001.cfg\n');
    expect(parsed.sections[0]?.files).toEqual([]);
    expect(brief(parsed.problems)).toEqual([
      '3 KEYWORD_NOT_USED FILENAME has no effect in [USER_CONFIG]; its file is SIP<MAC>.cfg',
    ]);
  });

  test('that is repeated stands twice, in order, and is told', () => {
    const parsed = parse(`[DEVICE_CONFIG]\n${good}[DEVICE_CONFIG]\nVERSION 000002\nFILENAME b.cfg\n`);
    expect(parsed.sections.map(({ line, version }) => [line, version])).toEqual([
      [1, '000001'],
      [4, '000002'],
    ]);
    expect(brief(parsed.problems)).toEqual([
      '4 REPEATED_SECTION [DEVICE_CONFIG] stands in line 1 too; each is taken in its turn',
    ]);
  });
});

describe('VERSION outside [FW]', () => {
  const cases: [title: string, line: string, version: string, problems: string[]][] = [
    ['has 6 digits', 'VERSION 000001', '000001', []],
    ['has 10 digits', 'VERSION 0000000001', '0000000001', []],
    ['keeps its zeros', 'VERSION 0000123', '0000123', []],
    [
      'is told when it has 5',
      'VERSION 00001',
      '00001',
      ['2 BAD_VERSION VERSION is "00001", 5 digits; expected 6 to 10 digits'],
    ],
    [
      'is told when it has 11',
      'VERSION 00000000001',
      '00000000001',
      ['2 BAD_VERSION VERSION is "00000000001", 11 digits; expected 6 to 10 digits'],
    ],
    [
      'is told when it is no number',
      'VERSION 1.0.000',
      '1.0.000',
      ['2 BAD_VERSION VERSION is "1.0.000"; expected 6 to 10 digits. It counts as the lowest'],
    ],
    [
      'is told when it is empty',
      'VERSION ',
      '',
      ['2 NO_VERSION [CTL] has no VERSION; it counts as the lowest'],
    ],
    ['is told when it is missing', '', '', ['1 NO_VERSION [CTL] has no VERSION; it counts as the lowest']],
  ];
  test.for(cases)('%s', ([, line, version, problems]) => {
    const parsed = parse(`[CTL]\n${line}\nFILENAME ctl.pem\n`);
    expect(parsed.sections[0]?.version).toBe(version);
    expect(brief(parsed.problems)).toEqual(problems);
  });
});

describe('VERSION in [FW]', () => {
  const form = 'expected a load name such as SIP12x004.01.13.00. Under AUTO it is never higher';
  const cases: [title: string, line: string, version: string, problems: string[]][] = [
    ['is the name of a load', 'VERSION SIP12x004.04.09.00', 'SIP12x004.04.09.00', []],
    [
      "may be another family's, which the decision refuses",
      'VERSION SIP1140e04.04.09.00',
      'SIP1140e04.04.09.00',
      [],
    ],
    [
      'loses .bin, told',
      'VERSION SIP12x004.04.09.00.bin',
      'SIP12x004.04.09.00',
      [
        '2 FW_VERSION_BIN VERSION is "SIP12x004.04.09.00.bin"; expected SIP12x004.04.09.00. The .bin is ignored',
      ],
    ],
    [
      'is told when it is digits',
      'VERSION 04011300',
      '04011300',
      [`2 FW_VERSION_FORM VERSION is "04011300"; ${form}`],
    ],
    [
      'is told when it is a path',
      'VERSION a/SIP12x004.04.09.00',
      'a/SIP12x004.04.09.00',
      [`2 FW_VERSION_FORM VERSION is "a/SIP12x004.04.09.00"; ${form}`],
    ],
    [
      'is told when it is missing',
      '',
      '',
      ['1 NO_VERSION [FW] has no VERSION; under AUTO it is never higher'],
    ],
  ];
  test.for(cases)('%s', ([, line, version, problems]) => {
    const parsed = parse(`[FW]\n${line}\nFILENAME SIP12x004.04.09.00.bin\n`);
    expect(parsed.sections[0]?.version).toBe(version);
    expect(brief(parsed.problems)).toEqual(problems);
  });
});

describe('headers', () => {
  const body = 'VERSION 000001\nFILENAME x\n';
  const unproven = 'unproven: a real phone may not read this';

  const cases: [
    title: string,
    header: string,
    quirks: Partial<Quirks>,
    names: string[],
    problems: string[],
  ][] = [
    [
      'an unknown section is skipped with its lines',
      '[SERVICE_PACKAGE]',
      {},
      [],
      ['1 UNKNOWN_SECTION "[SERVICE_PACKAGE]" is no section this phone knows; it is skipped'],
    ],
    [
      'a misspelt one names the nearest',
      '[DEVICE_CONFG]',
      {},
      [],
      [
        '1 UNKNOWN_SECTION "[DEVICE_CONFG]" is no section this phone knows; it is skipped; did you mean [DEVICE_CONFIG]?',
      ],
    ],
    [
      'blanks in the brackets make it unknown',
      '[ FW ]',
      {},
      [],
      ['1 UNKNOWN_SECTION "[ FW ]" is no section this phone knows; it is skipped; did you mean [FW]?'],
    ],
    [
      'so does a missing bracket',
      '[FW',
      {},
      [],
      ['1 UNKNOWN_SECTION "[FW" is no section this phone knows; it is skipped; did you mean [FW]?'],
    ],
    [
      'so does text behind it',
      '[CTL] x',
      {},
      [],
      ['1 UNKNOWN_SECTION "[CTL] x" is no section this phone knows; it is skipped'],
    ],
    [
      'a name of no letters is unknown',
      '[]',
      {},
      [],
      ['1 UNKNOWN_SECTION "[]" is no section this phone knows; it is skipped'],
    ],
    [
      'a name of Object is unknown',
      '[constructor]',
      {},
      [],
      ['1 UNKNOWN_SECTION "[constructor]" is no section this phone knows; it is skipped'],
    ],
    [
      'letters that only look like ASCII do not count',
      '[TONE\u017f]',
      {},
      [],
      [
        '1 NOT_ASCII the line holds other characters than ASCII',
        '1 UNKNOWN_SECTION "[TONE\u017f]" is no section this phone knows; it is skipped; did you mean [TONES]?',
      ],
    ],
    [
      'lower case is read and told',
      '[tones]',
      {},
      ['TONES'],
      [`1 LOWER_CASE [tones] is read as [TONES]; ${unproven}`],
    ],
    [
      '[IMAGE] is read and told',
      '[IMAGE]',
      {},
      ['IMAGES'],
      [`1 SECTION_SPELLING [IMAGE] is read as [IMAGES]; ${unproven}`],
    ],
    [
      '[POLICY] is read and told',
      '[POLICY]',
      {},
      ['SEC_POLICY'],
      [`1 SECTION_SPELLING [POLICY] is read as [SEC_POLICY]; ${unproven}`],
    ],
    [
      '[USER_KERYS] is read and told',
      '[USER_KERYS]',
      {},
      ['USER_KEYS'],
      [`1 SECTION_SPELLING [USER_KERYS] is read as [USER_KEYS]; ${unproven}`],
    ],
    [
      '[Image] is told for both',
      '[Image]',
      {},
      ['IMAGES'],
      [
        `1 LOWER_CASE [Image] is read as [IMAGES]; ${unproven}`,
        `1 SECTION_SPELLING [Image] is read as [IMAGES]; ${unproven}`,
      ],
    ],
    [
      'quirks.readLowerCase ignore skips lower case',
      '[tones]',
      { readLowerCase: 'ignore' },
      [],
      ['1 UNKNOWN_SECTION "[tones]" is no section this phone knows; it is skipped; did you mean [TONES]?'],
    ],
    [
      'quirks.readImage ignore skips [IMAGE]',
      '[IMAGE]',
      { readImage: 'ignore' },
      [],
      ['1 UNKNOWN_SECTION "[IMAGE]" is no section this phone knows; it is skipped; did you mean [IMAGES]?'],
    ],
    [
      'quirks.readPolicy ignore skips [POLICY]',
      '[POLICY]',
      { readPolicy: 'ignore' },
      [],
      ['1 UNKNOWN_SECTION "[POLICY]" is no section this phone knows; it is skipped'],
    ],
    [
      'quirks.readUserKerys ignore skips [USER_KERYS]',
      '[USER_KERYS]',
      { readUserKerys: 'ignore' },
      [],
      [
        '1 UNKNOWN_SECTION "[USER_KERYS]" is no section this phone knows; it is skipped; did you mean [USER_KEYS]?',
      ],
    ],
  ];
  test.for(cases)('%s', ([, header, quirks, names, problems]) => {
    const parsed = parse(`${header}\n${body}[USER_CONFIG]\nVERSION 000001\n`, quirks);
    expect(parsed.sections.map((each) => each.name)).toEqual([...names, 'USER_CONFIG']);
    expect(brief(parsed.problems)).toEqual(problems);
  });

  test('a comment may follow at once', () => {
    expect(parse('[USER_CONFIG]# one for all\nVERSION 000001\n').problems).toEqual([]);
  });

  test('a keyword in lower case is read and told, or skipped', () => {
    const text = '[USER_CONFIG]\nVERSION 000001\nDownload_Mode FORCED\n';
    const read = parse(text);
    expect(read.sections[0]?.downloadMode).toBe('FORCED');
    expect(brief(read.problems)).toEqual([
      `3 LOWER_CASE Download_Mode is read as DOWNLOAD_MODE; ${unproven}`,
    ]);
    const skipped = parse(text, { readLowerCase: 'ignore' });
    expect(skipped.sections[0]?.downloadMode).toBe('AUTO');
    expect(brief(skipped.problems)).toEqual([
      '3 UNKNOWN_KEYWORD "Download_Mode" is no keyword; it is skipped; did you mean DOWNLOAD_MODE?',
    ]);
  });

  test('lines before any section are skipped and told', () => {
    const parsed = parse('VERSION 000009\nFILENAME x\n[USER_CONFIG]\nVERSION 000001\n');
    expect(parsed.sections.map((each) => each.version)).toEqual(['000001']);
    expect(brief(parsed.problems)).toEqual([
      '1 KEYWORD_OUTSIDE the line stands before any section (and 1 more line); it is skipped',
    ]);
  });

  test('100 sections are taken at most', () => {
    const parsed = parse(`${'[USER_CONFIG]\nVERSION 000001\n'.repeat(103)}`);
    expect(parsed.sections).toHaveLength(100);
    expect(brief(parsed.problems).filter((text) => text.includes('TOO_MANY'))).toEqual([
      '201 TOO_MANY_SECTIONS this emulator takes 100 sections; the rest is skipped (and 2 more lines)',
    ]);
  });
});

describe('a line of 81 bytes', () => {
  const long = `# ${'x'.repeat(79)}`;

  const cases: [title: string, tail: string, lost: string][] = [
    [
      'names the sections behind it',
      `${long}\nVERSION 000001\n[TONES]\nFILENAME a\n[XY]\n`,
      'lost: the rest of [CTL], [TONES], [XY]',
    ],
    ['is itself lost', `FILENAME ${'x'.repeat(72)}\n[TONES]\n`, 'lost: the rest of [CTL], [TONES]'],
    ['that is a header is lost with its section', `[TONES]${' '.repeat(74)}\nFILENAME a\n`, 'lost: [TONES]'],
    ['directly before a header leaves the section whole', `${long}\n[TONES]\n`, 'lost: [TONES]'],
    ['at the end loses nothing more', `${long}\n\n# end\n`, 'nothing else was lost'],
    [
      'names 20 sections and counts the rest',
      `${long}\n${'[TONES]\n'.repeat(25)}`,
      `lost: ${Array(20).fill('[TONES]').join(', ')} and 5 more`,
    ],
  ];
  test.for(cases)('%s', ([, tail, lost]) => {
    const parsed = parse(`[CTL]\nVERSION 000001\nFILENAME ctl.pem\n${tail}`);
    expect(parsed.cutOff).toBe(true);
    expect(parsed.sections).toEqual([
      section({ name: 'CTL', version: '000001', versionLine: 2, files: [{ name: 'ctl.pem', line: 3 }] }),
    ]);
    expect(brief(parsed.problems)).toEqual([
      `4 LINE_TOO_LONG the line has 81 bytes; expected at most 80. A phone stops reading here; ${lost}`,
    ]);
  });

  test('in a section that is skipped anyway loses only what follows', () => {
    const parsed = parse(`[USER_CONFIG]\nVERSION 000001\n[XY]\n${long}\nA 1\n[TONES\x1b]\n`);
    expect(parsed.problems.at(-1)?.message).toBe(
      'the line has 81 bytes; expected at most 80. A phone stops reading here; lost: "[TONES\\u001b]"',
    );
  });

  test('at the head leaves no section', () => {
    const parsed = parse(`${long}\n[CTL]\nVERSION 000001\nFILENAME ctl.pem\n`);
    expect(parsed).toMatchObject({ sections: [], cutOff: true });
    expect(brief(parsed.problems)).toEqual([
      '- NO_SECTION no section a phone knows; expected lines such as [DEVICE_CONFIG]',
      '1 LINE_TOO_LONG the line has 81 bytes; expected at most 80. A phone stops reading here; lost: [CTL]',
    ]);
  });

  test('is an error', () => {
    expect(parse(long).problems.map((problem) => problem.severity)).toEqual(['error', 'error']);
  });
});

describe('a file without any section', () => {
  const cases: [title: string, content: string | Uint8Array, message: string][] = [
    ['an empty one', '', 'no section a phone knows: the file is empty'],
    ['one of comments', '# nothing\n', 'no section a phone knows; expected lines such as [DEVICE_CONFIG]'],
    [
      'an HTML page',
      '<!DOCTYPE html>\n<title>404</title>\n',
      'no section a phone knows: it begins like a web page; is it an error page of the server?',
    ],
    [
      'an HTML page behind blanks and a mark',
      '\ufeff\n <HTML>',
      'no section a phone knows: it begins like a web page; is it an error page of the server?',
    ],
    [
      'an XML page',
      '<?xml version="1.0"?>',
      'no section a phone knows: it begins like a web page; is it an error page of the server?',
    ],
    [
      'UTF-16',
      Buffer.from('\ufeff[FW]\n', 'utf16le'),
      'no section a phone knows: it looks like UTF-16; save it as plain text',
    ],
  ];
  test.for(cases)('%s', ([, content, message]) => {
    const parsed = parse(content);
    expect(parsed.sections).toEqual([]);
    expect(parsed.problems.find((problem) => problem.code === 'NO_SECTION')).toEqual({
      severity: 'error',
      code: 'NO_SECTION',
      file,
      message,
    });
  });
});

test('a problem names file, line and section', () => {
  expect(parse('[USER_CONFIG]\nVERSION 000001\nDOWNLOAD_MODE FORCE\n').problems).toEqual([
    {
      severity: 'warning',
      code: 'BAD_VALUE',
      file,
      line: 3,
      section: 'USER_CONFIG',
      message: 'DOWNLOAD_MODE is "FORCE"; expected AUTO or FORCED',
    },
  ]);
});

test('no problem repeats a password', () => {
  const lines = [
    'SRV_USER_PASS top1',
    'SRV_USER_PASS top2#x',
    'srv_user_pass top3',
    'SRV_USER_PASSWORD top4',
  ];
  const { problems } = parse(`[USER_CONFIG]\nVERSION 000001\n${lines.join('\n')}\n`);
  expect(problems.length).toBeGreaterThan(3);
  expect(JSON.stringify(problems)).not.toContain('top');
});

describe('for any file', () => {
  const words = [
    '[FW]',
    '[TONES]',
    '[user_config]',
    '[',
    ']',
    'VERSION',
    'FILENAME',
    'DOWNLOAD_MODE',
    'FORCED',
    ' ',
    '\t',
    '#',
    '000001',
    '\u00e9',
    'x'.repeat(79),
  ];
  const line = fc.array(fc.constantFrom(...words), { maxLength: 4 }).map((parts) => parts.join(' '));
  const lines = fc.array(line, { maxLength: 12 });

  test('bytes of any kind are parsed without exception', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 4000 }), (bytes) => void parse(bytes)));
  });

  test('LF and CRLF read alike', () => {
    fc.assert(
      fc.property(lines, (each) => {
        expect(parse(each.join('\r\n'))).toEqual(parse(each.join('\n')));
      }),
    );
  });

  test('trailing blanks and a comment behind a blank change nothing', () => {
    const short = lines.map((each) =>
      each.filter((text) => Buffer.byteLength(text) < 70 && !text.includes('#')),
    );
    fc.assert(
      fc.property(short, (each) => {
        const head = '[USER_CONFIG]\nVERSION 000001\n';
        const commented = each.map((text) => `${text} \t # x\n`).join('');
        expect(parse(head + commented)).toEqual(parse(`${head}${each.join('\n')}`));
      }),
    );
  });

  test('no problem has another file, or a line the file has not', () => {
    fc.assert(
      fc.property(lines, (each) => {
        for (const problem of parse(each.join('\n')).problems) {
          expect(problem.file).toBe(file);
          expect(problem.line ?? 1).toBeLessThanOrEqual(Math.max(1, each.length));
        }
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
