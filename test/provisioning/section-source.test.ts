import { describe, expect, test } from 'vitest';
import { defaultQuirks } from '../../src/provisioning/quirks.ts';
import type { Section } from '../../src/provisioning/section.ts';
import {
  type Ports,
  type Source,
  sourceOf,
  sourceOfProvisioningFile,
} from '../../src/provisioning/section-source.ts';
import type { ServerAddress } from '../../src/provisioning/server-address.ts';
import { deviceConfig } from './sections.ts';

const web: ServerAddress = {
  protocol: 'http',
  host: 'files.example.org',
  port: 8080,
  path: 'phones',
  user: 'phone',
  password: 'secret',
};
const tftp: ServerAddress = { protocol: 'tftp', host: '192.0.2.1', path: '' };
const http: Source = { protocol: 'http', host: 'files.example.org', port: 8080, pathPrefix: 'phones' };
const withCredentials: Source = { ...http, user: 'phone', password: 'secret' };
const high: Ports = { tftp: 6969, ftp: 2121, http: 8000 };

const cases: [
  title: string,
  server: ServerAddress,
  given: Partial<Section>,
  ports: Ports,
  expected: Source,
][] = [
  [
    'the same protocol and host inherit port, folder and credentials',
    web,
    { protocol: 'http' },
    high,
    withCredentials,
  ],
  [
    'so does the same host when it is named',
    web,
    { protocol: 'http', serverIp: 'files.example.org' },
    high,
    withCredentials,
  ],
  [
    'host names are alike whatever their case',
    web,
    { protocol: 'http', serverIp: 'FILES.example.org.' },
    high,
    { ...withCredentials, host: 'FILES.example.org.' },
  ],
  [
    'another host inherits nothing',
    web,
    { protocol: 'http', serverIp: '192.0.2.9' },
    {},
    { protocol: 'http', host: '192.0.2.9', port: 80, pathPrefix: '' },
  ],
  [
    'another protocol inherits nothing but the host',
    web,
    { protocol: 'ftp' },
    high,
    { protocol: 'ftp', host: 'files.example.org', port: 2121, pathPrefix: '' },
  ],
  [
    'HTTPS is another protocol than HTTP',
    web,
    { protocol: 'https' },
    {},
    { protocol: 'https', host: 'files.example.org', port: 443, pathPrefix: '' },
  ],
  [
    'a port of the same server over another protocol wins over that of --ports',
    { ...web, otherPorts: { tftp: 16969 } },
    { protocol: 'tftp' },
    high,
    { protocol: 'tftp', host: 'files.example.org', port: 16969, pathPrefix: '' },
  ],
  [
    'and is of no other host',
    { ...web, otherPorts: { tftp: 16969 } },
    { protocol: 'tftp', serverIp: '192.0.2.9' },
    {},
    { protocol: 'tftp', host: '192.0.2.9', port: 69, pathPrefix: '' },
  ],
  [
    'no port in the address means that of --ports',
    { ...tftp, path: 'a' },
    {},
    high,
    { protocol: 'tftp', host: '192.0.2.1', port: 6969, pathPrefix: 'a' },
  ],
  [
    'no port at all means the usual one',
    tftp,
    {},
    {},
    { protocol: 'tftp', host: '192.0.2.1', port: 69, pathPrefix: '' },
  ],
  [
    'usual for FTP',
    tftp,
    { protocol: 'ftp' },
    {},
    { protocol: 'ftp', host: '192.0.2.1', port: 21, pathPrefix: '' },
  ],
  [
    "the section's own user goes with its own password",
    web,
    { protocol: 'http', userName: 'me', password: 'mine' },
    {},
    { ...http, user: 'me', password: 'mine' },
  ],
  [
    "never with the server's password",
    web,
    { protocol: 'http', userName: 'me' },
    {},
    { ...http, user: 'me' },
  ],
  [
    "nor the server's user with the section's password",
    web,
    { protocol: 'http', password: 'mine' },
    {},
    { ...http, password: 'mine' },
  ],
  [
    "the section's own go to its own server",
    web,
    { protocol: 'ftp', serverIp: '192.0.2.9', userName: 'me', password: 'mine' },
    {},
    { protocol: 'ftp', host: '192.0.2.9', port: 21, pathPrefix: '', user: 'me', password: 'mine' },
  ],
  [
    'TFTP takes none',
    { ...tftp, user: 'phone', password: 'secret' },
    { userName: 'me', password: 'mine' },
    {},
    { protocol: 'tftp', host: '192.0.2.1', port: 69, pathPrefix: '' },
  ],
];
test.for(cases)('%s', ([, server, given, ports, source]) => {
  expect(sourceOf(deviceConfig(given), { server, ports, quirks: defaultQuirks })).toEqual({
    source,
    problems: [],
  });
});

describe('a section without PROTOCOL', () => {
  test('means TFTP, told when the provisioning file came another way', () => {
    expect(sourceOf(deviceConfig({ line: 7 }), { server: web, ports: {}, quirks: defaultQuirks })).toEqual({
      source: { protocol: 'tftp', host: 'files.example.org', port: 69, pathPrefix: '' },
      problems: [
        {
          severity: 'warning',
          code: 'DEFAULT_PROTOCOL',
          section: 'DEVICE_CONFIG',
          line: 7,
          message:
            "[DEVICE_CONFIG] names no PROTOCOL: its files are asked for by TFTP, the provisioning file came by HTTP; the manual's default is TFTP",
        },
      ],
    });
  });

  test("with quirks.defaultProtocol means the provisioning file's, told too", () => {
    const quirks = { ...defaultQuirks, defaultProtocol: 'as-provisioning-file' } as const;
    const { source, problems } = sourceOf(deviceConfig(), { server: web, ports: {}, quirks });
    expect(source).toEqual(withCredentials);
    expect(problems.map((problem) => problem.code)).toEqual(['DEFAULT_PROTOCOL']);
  });

  test.for(['tftp', 'as-provisioning-file'] as const)(
    'on a TFTP server leaves no doubt (%s)',
    (defaultProtocol) => {
      const quirks = { ...defaultQuirks, defaultProtocol };
      expect(sourceOf(deviceConfig(), { server: tftp, ports: {}, quirks }).problems).toEqual([]);
    },
  );
});

test('the provisioning file comes from the address itself', () => {
  expect(sourceOfProvisioningFile(web, high)).toEqual(withCredentials);
  expect(sourceOfProvisioningFile({ ...tftp, path: 'a/b' }, high)).toEqual({
    protocol: 'tftp',
    host: '192.0.2.1',
    port: 6969,
    pathPrefix: 'a/b',
  });
});
