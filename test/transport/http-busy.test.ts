import { describe, expect, test } from 'vitest';
import type { FileRequest } from '../../src/transport/transport.ts';
import { patient, phone, serverWith } from './http-phone.ts';
import { answer, type Script } from './raw-http-server.ts';

const busy =
  (times: number, headers: readonly string[] = []): Script =>
  (socket, n) =>
    socket.write(n <= times ? answer(503, 'busy', headers) : answer(200, 'abc'));

const repeated = { type: 'repeated', what: 'request', why: 'HTTP 503' };
const opened = { type: 'opened', sizeBytes: 3 };

describe('a server that answers 503', () => {
  const cases: [
    title: string,
    times: number,
    more: Partial<FileRequest>,
    end: 'whole' | 'BUSY',
    requests: number,
  ][] = [
    ['once is asked again', 1, {}, 'whole', 2],
    ['five times is asked a sixth time', 5, {}, 'whole', 6],
    ['six times has been asked enough', 6, {}, 'BUSY', 6],
    ['once is not asked again by a phone without retries', 1, { retriesOf503: 0 }, 'BUSY', 1],
    [
      'a hundred times is asked until the total limit',
      100,
      { retriesOf503: 'until-total', limits: { ...patient, totalMs: 120_000 } },
      'whole',
      101,
    ],
    [
      'for ever is given up at the total limit',
      1_000,
      { retriesOf503: 'until-total', limits: { ...patient, totalMs: 9_500 } },
      'BUSY',
      10,
    ],
    [
      'is given up at the total limit before the last retry too',
      1_000,
      { retriesOf503: 50, limits: { ...patient, totalMs: 9_500 } },
      'BUSY',
      10,
    ],
  ];
  test.for(cases)('%s', async ([, times, more, end, requests]) => {
    const server = await serverWith(busy(times));
    const { fetch, clock } = phone();
    const fetched = await fetch(server.port, more);
    const repeats = Array(requests - 1).fill(repeated);
    expect(fetched).toEqual(
      end === 'whole'
        ? { text: 'abc', end, events: [...repeats, opened] }
        : { text: '', end, detail: `HTTP 503 to ${requests} requests`, events: repeats },
    );
    expect(clock.leaps).toEqual(Array(requests - 1).fill(1_000));
    expect({ requests: server.heads.length, connections: server.connections.length }).toEqual({
      requests,
      connections: 1,
    });
  });

  test('then 404 has no such file', async () => {
    const server = await serverWith((socket, n) => socket.write(answer(n === 1 ? 503 : 404)));
    expect(await phone().fetch(server.port)).toEqual({
      text: '',
      end: 'NOT_FOUND',
      detail: 'HTTP 404',
      events: [repeated],
    });
  });

  test('and a Retry-After is told once and asked again after a second', async () => {
    const server = await serverWith(busy(2, ['Retry-After: 10']));
    const { fetch, clock } = phone();
    const told = {
      type: 'told',
      code: 'RETRY_AFTER_IGNORED',
      message: 'The server answers 503 with Retry-After: 10; the phone asks again after 1000 ms.',
    };
    expect((await fetch(server.port)).events).toEqual([told, repeated, repeated, opened]);
    expect(clock.leaps).toEqual([1_000, 1_000]);
  });

  const pauses: [title: string, value: () => string, atLeastMs: number, atMostMs: number][] = [
    ['seconds', () => '10', 10_000, 10_000],
    ['no time', () => '0', 0, 0],
    ['more than a minute', () => '3600', 60_000, 60_000],
    ['a number beyond all limits', () => '9'.repeat(400), 60_000, 60_000],
    ['a date', () => new Date(Date.now() + 30_000).toUTCString(), 28_000, 31_000],
    ['a date that is over', () => 'Sun, 06 Nov 1994 08:49:37 GMT', 0, 0],
    ['neither seconds nor a date', () => 'soon', 1_000, 1_000],
    ['a negative number', () => '-5', 0, 1_000],
  ];
  test.for(pauses)(
    'and a Retry-After of %s is waited for by a phone that honours it',
    async ([, value, least, most]) => {
      const server = await serverWith(busy(1, [`Retry-After: ${value()}`]));
      const { fetch, clock } = phone({ retryAfter: 'honour' });
      const limits = { ...patient, totalMs: 120_000 };
      expect(await fetch(server.port, { limits })).toEqual({
        text: 'abc',
        end: 'whole',
        events: [repeated, opened],
      });
      expect(clock.leaps.length).toBe(1);
      expect(clock.leaps[0]).toBeGreaterThanOrEqual(least);
      expect(clock.leaps[0]).toBeLessThanOrEqual(most);
    },
  );

  test('and closes is asked again on a new connection', async () => {
    const server = await serverWith((socket, n) => {
      if (n === 1) socket.end(answer(503, 'busy', ['Connection: close']));
      else socket.write(answer(200, 'abc'));
    });
    expect(await phone().fetch(server.port)).toMatchObject({ text: 'abc', end: 'whole' });
    expect(server.connections.length).toBe(2);
  });
});
