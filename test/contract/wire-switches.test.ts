import { expect, onTestFinished, test } from 'vitest';
import type { Clock } from '../../src/clock/clock.ts';
import { JumpClock } from '../../src/clock/jump-clock.ts';
import { SystemClock } from '../../src/clock/system-clock.ts';
import { limitsOf } from '../../src/provisioning/limits.ts';
import { defaultQuirks, type Quirks } from '../../src/provisioning/quirks.ts';
import { socketTransport } from '../../src/scenario/socket-transport.ts';
import type { FileRequest } from '../../src/transport/transport.ts';
import { answer, rawHttpServer } from '../transport/raw-http-server.ts';
import { scriptedFtpServer } from '../transport/scripted-ftp-server.ts';

/** Fetches files one after the other as one check does, by the doors that a run with these quirks has. */
async function fetchAll(
  server: Pick<FileRequest, 'protocol' | 'port'>,
  quirks: Partial<Quirks>,
  { files = ['a.cfg', 'b.cfg'], clock = new SystemClock() }: { files?: string[]; clock?: Clock } = {},
): Promise<void> {
  const transport = socketTransport(clock, { ...defaultQuirks, ...quirks });
  for (const path of files) {
    const request = { ...server, host: '127.0.0.1', path, userAgent: 'x', retriesOf503: 5 } as const;
    const limits = limitsOf('DEVICE_CONFIG', server.protocol);
    const chunks = transport.fetch({ ...request, limits }, new AbortController().signal);
    for await (const chunk of chunks) expect(chunk.length).toBeGreaterThan(0);
  }
  transport.close();
}

const connections: [title: string, quirks: Partial<Quirks>, count: number, header: string][] = [
  ['one HTTP connection a check and server', {}, 1, 'Connection: keep-alive'],
  ['with quirk httpConnection=file one a file', { httpConnection: 'file' }, 2, 'Connection: close'],
];

test.for(connections)('%s', async ([, quirks, count, header]) => {
  const server = await rawHttpServer((socket) => socket.write(answer(200, 'x')));
  onTestFinished(() => server.close());
  await fetchAll({ protocol: 'http', port: server.port }, quirks);
  expect(server.connections).toHaveLength(count);
  expect(server.heads.every((head) => head.includes(`${header}\r\n`))).toBe(true);
});

const pauses: [title: string, quirks: Partial<Quirks>, seconds: number][] = [
  ['Retry-After is ignored: a busy server is asked again after a second', {}, 1],
  ['with quirk retryAfter=honour it is waited for', { retryAfter: 'honour' }, 7],
];

test.for(pauses)('%s', async ([, quirks, seconds]) => {
  const clock = new JumpClock();
  const server = await rawHttpServer((socket, n) =>
    socket.write(n === 1 ? answer(503, '', ['Retry-After: 7']) : answer(200, 'x')),
  );
  onTestFinished(() => server.close());
  const startedAt = clock.now();
  await fetchAll({ protocol: 'http', port: server.port }, quirks, { files: ['a.cfg'], clock });
  expect(Math.floor((clock.now() - startedAt) / 1000)).toBe(seconds);
});

const session = ['USER anonymous', 'PASS ', 'TYPE I'];
const sessions: [title: string, quirks: Partial<Quirks>, files: number, count: number, commands: string[]][] =
  [
    ['FTP opens its data with EPSV', {}, 1, 1, [...session, 'EPSV', 'RETR a.cfg']],
    ['with quirk ftpMode=pasv with PASV', { ftpMode: 'pasv' }, 1, 1, [...session, 'PASV', 'RETR a.cfg']],
    [
      'FTP has one session a file',
      {},
      2,
      2,
      Array(2)
        .fill([...session, 'EPSV', 'RETR a.cfg'])
        .flat(),
    ],
    [
      'with quirk ftpSession=check one a check',
      { ftpSession: 'check' },
      2,
      1,
      [...session, ...Array(2).fill(['EPSV', 'RETR a.cfg']).flat()],
    ],
  ];

test.for(sessions)('%s', async ([, quirks, files, count, commands]) => {
  const server = await scriptedFtpServer({});
  onTestFinished(() => server.close());
  await fetchAll({ protocol: 'ftp', port: server.port }, quirks, { files: Array(files).fill('a.cfg') });
  expect(server.sessionCount()).toBe(count);
  // Nobody waits for the answer to QUIT.
  expect(server.commands.filter((command) => command !== 'QUIT')).toEqual(commands);
});

test('with quirk ftpMode=port the phone listens, and says where', async () => {
  const server = await scriptedFtpServer({ PORT: '500 not here' });
  onTestFinished(() => server.close());
  await expect(fetchAll({ protocol: 'ftp', port: server.port }, { ftpMode: 'port' })).rejects.toMatchObject({
    code: 'PROTOCOL',
  });
  expect(server.commands[3]).toMatch(/^PORT 127,0,0,1,\d+,\d+$/);
});
