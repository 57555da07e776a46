import { expect, test } from 'vitest';
import type { FileRequest } from '../../src/transport/transport.ts';
import { benchPhone } from '../phone/bench-phone.ts';

const numbers: [written: string, expected: FileRequest['retriesOf503']][] = [
  ['0', 'until-total'],
  ['-1', 5],
  ['3', 3],
];

test('HTTP_RETRY_NUMBER 0 asks until the limit, -1 five times more, 3 three times more', async () => {
  for (const [written, expected] of numbers) {
    const requests: FileRequest[] = [];
    const bench = benchPhone({
      files: {
        '1230SIP.cfg': '[DEVICE_CONFIG]\nVERSION 000001\nFILENAME d.cfg\nPROTOCOL HTTP\n',
        'd.cfg': `HTTP_RETRY_NUMBER ${written}\n`,
      },
      door: (loopback) => ({
        fetch: (request, signal) => {
          requests.push(request);
          return loopback.fetch(request, signal);
        },
        close: () => loopback.close(),
      }),
    });
    await bench.follow('power.on', 'power.off', 'power.on');
    expect(requests.at(0)?.retriesOf503).toBe(5);
    expect(requests.at(-1)?.retriesOf503).toBe(expected);
  }
});
