import { createServer, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { seededRandom } from '../../src/clock/random.ts';
import { SystemClock } from '../../src/clock/system-clock.ts';
import { ftpTransport } from '../../src/transport/ftp.ts';
import { httpTransport } from '../../src/transport/http.ts';
import { directLink, SlowLink } from '../../src/transport/link.ts';
import { type Transport, TransportError } from '../../src/transport/transport.ts';
import { noSignal, receiveAll } from './file-request.ts';
import { requestFor } from './http-phone.ts';

const clock = new SystemClock();
const links = {
  'on the spot': directLink,
  'over a slow link': new SlowLink({ rttMs: 5, jitterMs: 3 }, clock, seededRandom('link')),
};
const slams: Readonly<Record<string, (socket: Socket) => void>> = {
  resets: (socket) => socket.resetAndDestroy(),
  closes: (socket) => socket.end(),
};
const closed = 'the server closed the connection without an answer';
const details = {
  ftp: 'no banner',
  http: `${closed}, or it speaks TLS`,
  https: `${closed}, or it does not speak the TLS of the phone`,
};
type Protocol = keyof typeof details;

const cases = Object.keys(slams).flatMap((how) =>
  (['ftp', 'http', 'https'] as const).flatMap((protocol) =>
    (['on the spot', 'over a slow link'] as const).map((way) => ({ how, protocol, way })),
  ),
);

/** Before, at or after the moment at which the connection stands, a reset is heard of in different words. */
const PHONES = 50;

describe('a server that takes a connection', () => {
  test.for(cases)('and $how it at once is one without a banner: $protocol $way', async (slammed) => {
    const { how, protocol, way } = slammed;
    const port = await doorThat(slams[how] ?? expect.unreachable());
    const endings = Array.from({ length: PHONES }, () =>
      endingOf(transportOver(protocol, way), protocol, port),
    );
    expect(new Set(await Promise.all(endings))).toEqual(new Set([`BUSY, no-banner: ${details[protocol]}`]));
  });
});

function transportOver(protocol: Protocol, way: keyof typeof links): Transport {
  const link = links[way];
  const transport =
    protocol === 'ftp'
      ? ftpTransport({ clock, link, mode: 'epsv', session: 'file' })
      : httpTransport({ clock, link, connection: 'check', retryAfter: 'ignore' });
  onTestFinished(() => transport.close());
  return transport;
}

async function endingOf(transport: Transport, protocol: Protocol, port: number): Promise<string> {
  try {
    await receiveAll(transport.fetch(requestFor(port, { protocol }), noSignal()));
    return 'whole';
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    return `${error.code}, ${error.connection}: ${error.detail}`;
  }
}

async function doorThat(slam: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => slam(socket.on('error', () => {})));
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port');
  return address.port;
}
