import type { Clock } from '../clock/clock.ts';
import type { Quirks } from '../provisioning/quirks.ts';
import { transportByProtocol } from '../transport/by-protocol.ts';
import { ftpTransport } from '../transport/ftp.ts';
import { httpTransport } from '../transport/http.ts';
import { directLink } from '../transport/link.ts';
import { tftpTransport } from '../transport/tftp.ts';
import type { Transport } from '../transport/transport.ts';

/** A phone's doors to real servers, for one check; `link`: nothing but the network if not given. */
export function socketTransport(clock: Clock, quirks: Quirks, link = directLink): Transport {
  const http = httpTransport({
    clock,
    link,
    connection: quirks.httpConnection,
    retryAfter: quirks.retryAfter,
  });
  return transportByProtocol({
    tftp: tftpTransport({ clock, link }),
    ftp: ftpTransport({ clock, link, mode: quirks.ftpMode, session: quirks.ftpSession }),
    http,
    https: http,
  });
}
