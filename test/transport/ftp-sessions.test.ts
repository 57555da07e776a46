import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../src/clock/virtual-clock.ts';
import { ftpTransport } from '../../src/transport/ftp.ts';
import { fetchText, phone, requestFor, serverWith, whole } from './ftp-phone.ts';
import { body } from './scripted-ftp-server.ts';

describe('sessions kept for a check', () => {
  const kept = { session: 'check' } as const;

  test('log in once, and say QUIT at the end', async () => {
    const server = await serverWith({});
    const transport = phone(kept);
    for (const path of ['a', 'b']) {
      expect(await fetchText(transport, requestFor(server.port, { path }))).toEqual(whole);
    }
    transport.close();
    await server.firstSessionOver;
    const expected = ['USER anonymous', 'PASS ', 'TYPE I', 'EPSV', 'RETR a', 'EPSV', 'RETR b', 'QUIT'];
    expect(server.commands).toEqual(expected);
  });

  test('outlive a file that is not there', async () => {
    const server = await serverWith({ RETR: '550 no' });
    const transport = phone(kept);
    await fetchText(transport, requestFor(server.port));
    await fetchText(transport, requestFor(server.port));
    expect(server.sessionCount()).toBe(1);
  });

  test('ask for EPSV once where it is not known', async () => {
    const server = await serverWith({ EPSV: '500 no' });
    const transport = phone(kept);
    await fetchText(transport, requestFor(server.port));
    await fetchText(transport, requestFor(server.port));
    expect(server.commands.filter((line) => line === 'EPSV')).toHaveLength(1);
  });

  test('are not shared by users, addresses or files at the same time', async () => {
    const server = await serverWith({});
    const transport = phone(kept);
    await fetchText(transport, requestFor(server.port));
    await fetchText(transport, requestFor(server.port, { user: 'joe' }));
    await fetchText(transport, requestFor(server.port, { localAddress: '127.0.0.5' }));
    expect(server.sessionCount()).toBe(3);
    await Promise.all([1, 2].map(() => fetchText(transport, requestFor(server.port))));
    expect(server.sessionCount()).toBe(4);
  });

  test('that the server ended are not used again', async () => {
    const server = await serverWith({
      RETR: async (session) => {
        session.say('150 here');
        (await session.data()).end(body);
        session.control.end('226 done\r\n421 idle for too long\r\n');
      },
    });
    const transport = phone(kept);
    expect(await fetchText(transport, requestFor(server.port))).toEqual(whole);
    await server.firstSessionOver;
    expect(await fetchText(transport, requestFor(server.port))).toEqual(whole);
    expect(server.sessionCount()).toBe(2);
  });

  test('are gone after close, and made anew', async () => {
    const server = await serverWith({});
    const transport = phone(kept);
    await fetchText(transport, requestFor(server.port));
    transport.close();
    expect(await fetchText(transport, requestFor(server.port))).toEqual(whole);
    expect(server.sessionCount()).toBe(2);
  });
});

test('a server that does not close after QUIT is left after two seconds', async () => {
  const clock = new VirtualClock(0);
  const server = await serverWith({ QUIT: '221 bye' });
  const transport = ftpTransport({ clock, mode: 'epsv', session: 'file' });
  expect(await fetchText(transport, requestFor(server.port))).toEqual(whole);
  expect(clock.pendingTimers).toBe(1);
  await clock.runFor(2_000);
  await server.firstSessionOver;
  expect(clock.pendingTimers).toBe(0);
});

test('nothing is left running once the server closed', async () => {
  const clock = new VirtualClock(0);
  const server = await serverWith({});
  const transport = ftpTransport({ clock, mode: 'epsv', session: 'file' });
  expect(await fetchText(transport, requestFor(server.port))).toEqual(whole);
  await server.firstSessionOver;
  expect([clock.pendingTimers, clock.openHolds]).toEqual([0, 0]);
});
