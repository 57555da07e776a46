import type { Clock } from '../clock/clock.ts';
import type { Quirks } from '../provisioning/quirks.ts';
import { transportByProtocol } from '../transport/by-protocol.ts';
import { ftpTransport } from '../transport/ftp.ts';
import { httpTransport } from '../transport/http.ts';
import { tftpTransport } from '../transport/tftp.ts';
import type { Transport } from '../transport/transport.ts';

/** A phone's doors to real servers, for one check. */
export function socketTransport(clock: Clock, quirks: Quirks): Transport {
  const http = httpTransport({ clock, connection: quirks.httpConnection, retryAfter: quirks.retryAfter });
  return transportByProtocol({
    tftp: tftpTransport({ clock }),
    ftp: ftpTransport({ clock, mode: quirks.ftpMode, session: quirks.ftpSession }),
    http,
    https: http,
  });
}
