import { expect, test } from 'vitest';
import { type ConnectionEnd, connectionEnds, type TransferCode } from '../../../src/events/transfer-code.ts';
import { type Cause, type CauseClass, causeOf, causes, classOf } from '../../../src/report/fleet/cause.ts';

type Failure = readonly [code: TransferCode, connection?: ConnectionEnd];

const cases: [title: string, failure: Failure, asked: Cause, answered: Cause, whose: CauseClass][] = [
  ['a name that nobody knows', ['UNREACHABLE', 'no-name'], 'NO_NAME', 'NO_NAME', 'server'],
  ['no way there', ['UNREACHABLE'], 'UNREACHABLE', 'UNREACHABLE', 'server'],
  ['packets that vanish', ['TIMEOUT', 'not-made'], 'NO_CONNECTION', 'NO_CONNECTION', 'server'],
  ['a closed port', ['UNREACHABLE', 'refused'], 'REFUSED', 'REFUSED', 'server'],
  ['taken and closed without a word', ['BUSY', 'no-banner'], 'NO_BANNER', 'NO_BANNER', 'server'],
  ['taken and never greeted', ['TIMEOUT', 'no-banner'], 'NO_BANNER', 'NO_BANNER', 'server'],
  ['silence', ['TIMEOUT'], 'NO_ANSWER', 'STALLED', 'server'],
  ['a reset', ['TRUNCATED', 'reset'], 'RESET', 'RESET_MIDWAY', 'server'],
  ['a file longer than patience', ['TIMEOUT', 'out-of-time'], 'NO_ANSWER', 'TOO_SLOW', 'server'],
  ['a close midway', ['TRUNCATED'], 'TRUNCATED', 'TRUNCATED', 'server'],
  ['HTTP 503, FTP 421', ['BUSY'], 'BUSY', 'BUSY', 'server'],
  ['HTTP 404, FTP 550, ERROR 1', ['NOT_FOUND'], 'NOT_FOUND', 'NOT_FOUND', 'server'],
  ['HTTP 401, FTP 530, ERROR 2', ['ACCESS_DENIED'], 'ACCESS_DENIED', 'ACCESS_DENIED', 'server'],
  ['too many bytes', ['TOO_LARGE'], 'TOO_LARGE', 'TOO_LARGE', 'server'],
  ['nonsense', ['PROTOCOL'], 'PROTOCOL', 'PROTOCOL', 'server'],
  ['a reset within TLS is of TLS', ['TLS', 'reset'], 'TLS', 'TLS', 'server'],
  ['no descriptors left', ['LOCAL_LIMIT', 'reset'], 'LOCAL_LIMIT', 'LOCAL_LIMIT', 'machine'],
  ['a power cut', ['ABORTED', 'reset'], 'ABORTED', 'ABORTED', 'phone'],
];
test.for(cases)('%s', ([, [code, connection], asked, answered, whose]) => {
  const failure = { code, ...(connection && { connection }) };
  expect([causeOf(failure, 'asked'), causeOf(failure, 'answered')]).toEqual([asked, answered]);
  expect([classOf(asked), classOf(answered)]).toEqual([whose, whose]);
});

test('every cause and every end of a connection is among them', () => {
  const met = new Set(cases.flatMap(([, , asked, answered]) => [asked, answered]));
  expect(met).toEqual(new Set(causes));
  expect(new Set(cases.flatMap(([, [, connection]]) => connection ?? []))).toEqual(new Set(connectionEnds));
});
