import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { memoryFlash } from '../../src/flash/memory-flash.ts';
import type { FileRequest } from '../../src/transport/transport.ts';
import { type BenchOptions, benchPhone } from '../phone/bench-phone.ts';
import { holding } from '../phone/holding-flash.ts';

const banner = {
  '1230SIP.cfg': '[LOGIN_BANNER]\nVERSION 000001\nFILENAME b.txt\nPROTOCOL HTTPS\n',
  'b.txt': 'Welcome',
};

/** A phone that is offered a banner over HTTPS, with its requests. */
async function overHttps(options: BenchOptions) {
  const requests: FileRequest[] = [];
  const bench = benchPhone({
    files: banner,
    door: (loopback) => ({
      fetch: (request, signal) => {
        requests.push(request);
        return loopback.fetch(request, signal);
      },
      close: () => loopback.close(),
    }),
    ...options,
  });
  await bench.follow('power.on');
  const { requests: asked, sections, problems } = bench.outcome();
  return {
    requests,
    asked: asked.map(({ protocol, file }) => `${protocol} ${file}`),
    sections: sections.map(({ result, error }) => [result, error].filter(Boolean).join(' ')),
    told: problems.map(({ code }) => code),
  };
}

test('HTTPS without a device certificate goes on, told', async () => {
  const { asked, sections, told } = await overHttps({});
  expect(asked).toEqual(['http 1230SIP.cfg', 'https b.txt']);
  expect(sections).toEqual(['stored']);
  expect(told).toEqual(['NO_DEVICE_CERTIFICATE']);
});

test('with quirk httpsNeedsDeviceCert=refuse nothing is asked for over HTTPS without one', async () => {
  const { asked, sections, told } = await overHttps({ quirks: { httpsNeedsDeviceCert: 'refuse' } });
  expect(asked).toEqual(['http 1230SIP.cfg']);
  expect(sections).toEqual(['kept TLS']);
  expect(told).toEqual(['TLS']);
});

test.for(['tell', 'refuse'] as const)(
  'with a device certificate quirk httpsNeedsDeviceCert=%s changes nothing',
  async (httpsNeedsDeviceCert) => {
    const { sections, told } = await overHttps({
      quirks: { httpsNeedsDeviceCert },
      phoneFlash: holding({ DEV_CERT: '-----BEGIN RSA PRIVATE KEY-----\n' }),
    });
    expect(sections).toEqual(['stored']);
    expect(told).toEqual([]);
  },
);

test('a stored customer root is one of the roots that count for HTTPS', async () => {
  const bytes = Buffer.from('-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const content = { sizeBytes: bytes.length, sha256, receivedAt: '2026-03-02T08:00:00.000Z' };
  const { requests } = await overHttps({
    flash: { files: { USER_KEYS: [{ name: 'root.pem', content }] } },
    phoneFlash: (contents) => {
      const flash = memoryFlash(contents);
      flash.write(contents, [{ sha256, bytes }]);
      return flash;
    },
  });
  expect(requests.at(-1)?.tls).toMatchObject({ ca: [bytes.toString('latin1')], verify: 'verify' });
});
