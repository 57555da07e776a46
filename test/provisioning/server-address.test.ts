import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseServerAddress, type ServerAddress } from '../../src/provisioning/server-address.ts';

const understood: [title: string, text: string, expected: ServerAddress][] = [
  ['a dotted IPv4 is a TFTP server', '192.0.2.1', { protocol: 'tftp', host: '192.0.2.1', path: '' }],
  [
    'a bare host name is a TFTP server',
    'files.example.org',
    { protocol: 'tftp', host: 'files.example.org', path: '' },
  ],
  [
    'a bare IPv6 address is a TFTP server',
    '2001:db8::1',
    { protocol: 'tftp', host: '2001:db8::1', path: '' },
  ],
  ['tftp://', 'tftp://192.0.2.1', { protocol: 'tftp', host: '192.0.2.1', path: '' }],
  ['ftp://', 'ftp://some.server.com', { protocol: 'ftp', host: 'some.server.com', path: '' }],
  ['http://', 'http://192.0.2.1/', { protocol: 'http', host: '192.0.2.1', path: '' }],
  ['https://', 'https://files.example.org', { protocol: 'https', host: 'files.example.org', path: '' }],
  [
    'the scheme and the host in capitals',
    'HTTP://Files.Example.ORG',
    { protocol: 'http', host: 'files.example.org', path: '' },
  ],
  ['a port', 'http://192.0.2.1:8080', { protocol: 'http', host: '192.0.2.1', port: 8080, path: '' }],
  [
    'the highest port',
    'tftp://192.0.2.1:65535',
    { protocol: 'tftp', host: '192.0.2.1', port: 65535, path: '' },
  ],
  [
    'a folder',
    'http://mydomain.com/SIP_phone',
    { protocol: 'http', host: 'mydomain.com', path: 'SIP_phone' },
  ],
  [
    'folders between slashes',
    'http://mydomain.com//a/b/',
    { protocol: 'http', host: 'mydomain.com', path: 'a/b' },
  ],
  [
    'a folder that is percent-encoded',
    'http://h/my%20phones',
    { protocol: 'http', host: 'h', path: 'my phones' },
  ],
  [
    "the manual's example",
    'ftp://myuserid:mypass@ftp.mydomain.com:21/ABC',
    {
      protocol: 'ftp',
      host: 'ftp.mydomain.com',
      port: 21,
      path: 'ABC',
      user: 'myuserid',
      password: 'mypass',
    },
  ],
  ['a user without password', 'ftp://phone@h', { protocol: 'ftp', host: 'h', path: '', user: 'phone' }],
  ['no user before the @', 'ftp://@h', { protocol: 'ftp', host: 'h', path: '' }],
  [
    'percent-encoded credentials',
    'http://a%40b:p%3A%2Fw%C3%A9@h',
    { protocol: 'http', host: 'h', path: '', user: 'a@b', password: 'p:/w\u00e9' },
  ],
  [
    'an @ in the password',
    'http://u:p@ss@h',
    { protocol: 'http', host: 'h', path: '', user: 'u', password: 'p@ss' },
  ],
  [
    'colons and semicolons in the password',
    'http://u:p:;w@h',
    { protocol: 'http', host: 'h', path: '', user: 'u', password: 'p:;w' },
  ],
  [
    'IPv6 in brackets',
    'http://[2001:DB8::1]:8080/a',
    { protocol: 'http', host: '2001:db8::1', port: 8080, path: 'a' },
  ],
  ['bare IPv6 in brackets', '[::1]', { protocol: 'tftp', host: '::1', path: '' }],
  ['blanks around', '  tftp://192.0.2.1\n', { protocol: 'tftp', host: '192.0.2.1', path: '' }],
  ['an underscore in a name', 'tftp://my_server', { protocol: 'tftp', host: 'my_server', path: '' }],
];
test.for(understood)('understands %s', ([, text, address]) => {
  expect(parseServerAddress(text, 'typed')).toEqual({ ok: true, address, problems: [] });
  expect(parseServerAddress(text, 'option-66')).toEqual({ ok: true, address, problems: [] });
});

const refused: [title: string, text: string, message: string][] = [
  ['nothing', ' ', 'server address "": it is empty; expected an IPv4 address, a host name or a URL'],
  [
    'a group beyond 255',
    '10.0.0.300',
    'server address "10.0.0.300": "10.0.0.300" is no host; expected an IPv4 address, a host name or an IPv6 address in brackets',
  ],
  [
    'three groups',
    'tftp://10.0.0',
    'server address "tftp://10.0.0": "10.0.0" is no host; expected an IPv4 address, a host name or an IPv6 address in brackets',
  ],
  [
    'a blank inside',
    'http://my server/',
    'server address "http://my server/": "my server" is no host; expected an IPv4 address, a host name or an IPv6 address in brackets',
  ],
  [
    'IPv4 in brackets',
    'http://[192.0.2.1]/',
    'server address "http://[192.0.2.1]/": "[192.0.2.1]" is no host; expected an IPv4 address, a host name or an IPv6 address in brackets',
  ],
  ['no host', 'http:///a', 'server address "http:///a": the host is missing'],
  [
    'another scheme',
    'sftp://h',
    'server address "sftp://h": "sftp" is no protocol of this phone; expected tftp, ftp, http or https',
  ],
  [
    'a misspelt scheme',
    'htp://h',
    'server address "htp://h": "htp" is no protocol of this phone; expected tftp, ftp, http or https',
  ],
  ['one slash', 'http:/h', 'server address "http:/h": a URL begins with http://'],
  [
    'a port without protocol',
    'h:8080',
    'server address "h:8080": it names no protocol; expected tftp://, ftp://, http:// or https:// before it',
  ],
  [
    'a folder without protocol',
    '192.0.2.1/a',
    'server address "192.0.2.1/a": it names no protocol; expected tftp://, ftp://, http:// or https:// before it',
  ],
  ['port 0', 'http://h:0', 'server address "http://h:0": the port is "0"; expected 1 to 65535'],
  [
    'port 65536',
    'http://h:65536',
    'server address "http://h:65536": the port is "65536"; expected 1 to 65535',
  ],
  ['an empty port', 'http://h:/', 'server address "http://h:/": the port is ""; expected 1 to 65535'],
  [
    'a port in words',
    'http://h:http/',
    'server address "http://h:http/": the port is "http"; expected 1 to 65535',
  ],
  [
    'a query',
    'http://h/a?b=1',
    'server address "http://h/a?b=1": it has a ? or #; expected to end in a folder, without query or fragment',
  ],
  [
    'a folder that climbs out',
    'http://h/a/../b',
    `server address "http://h/a/../b": the folder "a/../b" is refused: it climbs out of the server's root by ..`,
  ],
  [
    'a folder that climbs out percent-encoded',
    'http://h/%2e%2e/b',
    `server address "http://h/%2e%2e/b": the folder "../b" is refused: it climbs out of the server's root by ..`,
  ],
  [
    'a broken percent sign in the folder',
    'http://h/50%',
    'server address "http://h/50%": the folder holds a % that is no percent-encoding; write % as %25',
  ],
  [
    'a broken percent sign in the password',
    'ftp://u:50%@h',
    'server address "ftp://u:***@h": user or password holds a % that is no percent-encoding; write % as %25',
  ],
  [
    'a slash in the password',
    'ftp://u:se/cret@h',
    'server address "ftp://u:***@h": an @ stands behind a slash; write a slash in a password as %2F',
  ],
];
test.for(refused)('refuses %s in plain words', ([, text, message]) => {
  expect(parseServerAddress(text, 'typed')).toEqual({ ok: false, message });
});

test('refuses more than DHCP can carry', () => {
  const parsed = parseServerAddress(`http://h/${'a'.repeat(300)}`, 'option-66');
  expect(parsed).toEqual({
    ok: false,
    message: `server address "http://h/${'a'.repeat(51)}...": it has 309 characters; expected at most 255`,
  });
});

describe('tells', () => {
  test("a semicolon between user and password, as the manual's grammar has it", () => {
    expect(parseServerAddress('ftp://phone;secret@h', 'option-66')).toEqual({
      ok: true,
      address: { protocol: 'ftp', host: 'h', path: '', user: 'phone', password: 'secret' },
      problems: [
        {
          severity: 'note',
          code: 'CREDENTIALS_SEMICOLON',
          message: 'user and password of the server address are parted by a semicolon; read like a colon',
        },
      ],
    });
  });

  test('a typed password that Device Settings would not take, and not one from DHCP', () => {
    const url = `ftp://u:${'p'.repeat(50)}@h`;
    expect(problemsOf(parseServerAddress(url, 'typed'))).toEqual(['PASSWORD_TOO_LONG']);
    expect(problemsOf(parseServerAddress(url, 'option-66'))).toEqual([]);
    expect(problemsOf(parseServerAddress(`ftp://u:${'p'.repeat(49)}@h`, 'typed'))).toEqual([]);
  });

  test('an address that ends in a file', () => {
    expect(problemsOf(parseServerAddress('http://h/a/1230SIP.cfg', 'typed'))).toEqual(['ADDRESS_NAMES_FILE']);
  });
});

test('a NUL behind option 66 is no part of it', () => {
  expect(parseServerAddress('192.0.2.1\0', 'option-66')).toMatchObject({ ok: true });
  expect(parseServerAddress('192.0.2.1\0', 'typed')).toMatchObject({ ok: false });
});

describe('for any text', () => {
  const pieces = fc.array(
    fc.constantFrom(
      'http',
      '://',
      ':',
      '/',
      '@',
      '[',
      ']',
      '::1',
      '192.0.2.1',
      '%',
      '%2f',
      ';',
      '?',
      '..',
      'secret',
      ' ',
      '\0',
    ),
    { maxLength: 12 },
  );

  test('there is an address or a message, never an exception', () => {
    const texts = fc.oneof(
      fc.string(),
      pieces.map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const parsed = parseServerAddress(text, 'typed');
        if (!parsed.ok) expect(parsed.message).toMatch(/^server address /);
      }),
    );
  });

  test('no message repeats a password', () => {
    const around = fc
      .tuple(pieces, pieces)
      .map(([before, after]) => [before, after].map((parts) => parts.join('').replaceAll('secret', '')));
    fc.assert(
      fc.property(around, ([before = '', after = '']) => {
        const parsed = parseServerAddress(`ftp://user:${before}pass1234${after}@h/`, 'typed');
        if (!parsed.ok) expect(parsed.message).not.toContain('pass1234');
      }),
      { numRuns: 1000 },
    );
  });
});

function problemsOf(parsed: ReturnType<typeof parseServerAddress>): readonly string[] {
  return parsed.ok ? parsed.problems.map((problem) => problem.code) : [parsed.message];
}
