import { expect, test } from 'vitest';
import { listenPlace, senders } from '../../src/cli/values.ts';

test.for<[text: string, place: ReturnType<typeof listenPlace>]>([
  ['5060', { port: 5060 }],
  ['0', { port: 0 }],
  ['192.0.2.7:5060', { address: '192.0.2.7', port: 5060 }],
  ['[::1]:5060', { address: '::1', port: 5060 }],
])('%s is a place to listen', ([text, place]) => {
  expect(listenPlace(text)).toEqual(place);
});

test.for([
  '',
  ':5060',
  '70000',
  '127.0.0.1',
  '127.0.0.1:',
  '127.0.0.1:70000',
  'phone:5060',
  '::1:5060',
  '[]:1',
])('"%s" is no place to listen', (text) => {
  expect(() => listenPlace(text)).toThrow(
    'Expected a port such as 5060, or ADDRESS:PORT such as 127.0.0.1:5060.',
  );
});

test.for<[text: string, who: ReturnType<typeof senders>]>([
  ['ANY', 'anyone'],
  ['192.0.2.10', ['192.0.2.10']],
  ['192.0.2.10, ::1', ['192.0.2.10', '::1']],
])('%s may send', ([text, who]) => {
  expect(senders(text)).toEqual(who);
});

test.for(['', 'any', 'proxy.example', '192.0.2.10,', '192.0.2.300'])('"%s" names no senders', (text) => {
  expect(() => senders(text)).toThrow('Expected ANY, or IP addresses such as 192.0.2.10,192.0.2.11.');
});
