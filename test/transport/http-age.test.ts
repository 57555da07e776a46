import { expect, test } from 'vitest';
import type { TransferEvent } from '../../src/transport/transport.ts';
import { phone, serverWith } from './http-phone.ts';
import { answer } from './raw-http-server.ts';

const ages: [title: string, headers: string[], modifiedMs: number | undefined][] = [
  ['is told', ['Last-Modified: Sun, 01 Mar 2015 12:00:00 GMT'], Date.UTC(2015, 2, 1, 12)],
  ['is told in an old form too', ['Last-Modified: Sunday, 01-Mar-15 12:00:00 GMT'], Date.UTC(2015, 2, 1, 12)],
  ['is not known where the server says nothing', [], undefined],
  ['is not known where the server says no date', ['Last-Modified: yesterday'], undefined],
];
test.for(ages)('how old a file is %s', async ([, headers, modifiedMs]) => {
  const server = await serverWith((socket) => socket.write(answer(200, 'abc', headers)));
  expect(await phone().fetch(server.port)).toMatchObject({
    end: 'whole',
    events: [{ type: 'opened', sizeBytes: 3, ...(modifiedMs !== undefined && { modifiedMs }) }],
  });
});

test('a phone that goes away as it hears how old a file is takes the next file over a new connection', async () => {
  const server = await serverWith((socket, n) => {
    if (n === 1) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nthe first of them');
    else socket.write(answer(200, 'file 2'));
  });
  const { fetch } = phone();
  const leaving = new AbortController();
  const onEvent = ({ type }: TransferEvent) => {
    if (type === 'opened') leaving.abort(new Error('enough'));
  };
  expect(await fetch(server.port, { onEvent }, leaving.signal)).toMatchObject({ end: 'ABORTED' });
  expect(await fetch(server.port)).toMatchObject({ end: 'whole', text: 'file 2' });
  expect(server.connections).toHaveLength(2);
});
