import { expect, test, vi } from 'vitest';
import { makeSelfSignedCertificate } from '../../src/device/sign.ts';
import { OpensslBench } from '../device/openssl.ts';
import { LANGUAGE_TEXT } from '../phone/bench-phone.ts';
import { freePlace } from './address.ts';
import { peerSuite } from './available.ts';
import { nginx, nginxForKnownClients } from './nginx.ts';
import { phoneStory } from './phone-story.ts';
import { servedFolder } from './served-folder.ts';

const DAY_MS = 86_400_000;
/** TLS of today takes no shorter key. */
const bits = 2048;

peerSuite('nginx that lets in known phones only', [nginx], () => {
  const openssl = new OpensslBench();

  test('serves a phone from the moment it has its device certificate, in the very check that brought it', async () => {
    openssl.root('phones', { bits });
    const extensions = ['keyUsage=digitalSignature', 'extendedKeyUsage=clientAuth'];
    openssl.issue('001B4F123001', 'phones', { bits, extensions });
    openssl.run(
      'pkcs12 -export -inkey 001B4F123001.key -in 001B4F123001.pem -certfile phones.pem -out phone.p12 -passout',
      'pass:secret',
    );
    const tree = await servedFolder({
      '1230SIP.cfg': [
        ...['[LANGUAGE]', 'PROTOCOL HTTPS', 'VERSION 000001', 'FILENAME French.lng'],
        ...['[DEV_CERT]', 'PROTOCOL HTTP', 'VERSION 000001', 'FILENAME *.p12'],
        ...['[LANGUAGE]', 'PROTOCOL HTTPS', 'VERSION 000001', 'FILENAME German.lng', ''],
      ].join('\n'),
      'French.lng': LANGUAGE_TEXT,
      'German.lng': LANGUAGE_TEXT,
      '001B4F123001.p12': openssl.read('phone.p12'),
    });
    const place = await freePlace('tcp');
    const server = makeSelfSignedCertificate({
      commonName: 'files.example',
      addresses: [place.host],
      notBefore: Date.now() - DAY_MS,
      days: 30,
    });
    const running = await nginxForKnownClients(tree.path, place, {
      ...server,
      clientRoot: openssl.text('phones.pem'),
    });
    try {
      const { outcome } = await phoneStory(
        { kind: 'external', address: { protocol: 'http', host: place.host, port: place.port, path: '' } },
        [],
        { https: running.tlsPort },
        { ca: [server.certificate], answers: { 'pkcs12-password': 'secret' } },
      );
      expect(outcome.requests.map(({ file, result }) => `${file} ${result}`)).toEqual([
        '1230SIP.cfg ok',
        'French.lng PROTOCOL',
        '001B4F123001.p12 ok',
        'German.lng ok',
      ]);
      await vi.waitFor(() => {
        const [, refused, , served] = running.log().split('\n');
        expect([refused, served]).toEqual([
          expect.stringMatching(/GET \/French\.lng HTTP\/1\.1" 400 /),
          expect.stringMatching(/GET \/German\.lng HTTP\/1\.1" 200 .* CN=001B4F123001$/),
        ]);
      });
    } finally {
      await running.stop();
      await tree.remove();
    }
  });
});
