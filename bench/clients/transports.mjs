// node transports.mjs COUNT IN-FLIGHT PORT PROTOCOL PATH...
//
// The transports of the product without a phone around them, set up as `openWorld` does: COUNT times all
// PATHs in turn through one transport. What arrives is counted and dropped. What phones cost beyond this is
// the phone itself.

import { product } from '../product.mjs';
import { inFlight } from './in-flight.mjs';

const [count, limit, port] = process.argv.slice(2, 5).map(Number);
const [protocol, ...paths] = process.argv.slice(5);

const { SystemClock } = await product('clock/system-clock.js');
const { limitsOf } = await product('provisioning/limits.js');
const { ftpTransport } = await product('transport/ftp.js');
const { httpTransport } = await product('transport/http.js');
const { tftpTransport } = await product('transport/tftp.js');

const clock = new SystemClock();
const open = {
  tftp: () => tftpTransport({ clock }),
  ftp: () => ftpTransport({ clock, mode: 'epsv', session: 'file' }),
  http: () => httpTransport({ clock, connection: 'check', retryAfter: 'ignore' }),
}[protocol];
const request = {
  protocol,
  host: '127.0.0.1',
  port,
  userAgent: 'AVAYA/SIP12x0/04.01.13.00',
  retriesOf503: 5,
  limits: limitsOf('FW', protocol),
};

let received = 0;
await inFlight({ count, limit }, async () => {
  const transport = open();
  const { signal } = new AbortController();
  for (const path of paths) {
    for await (const chunk of transport.fetch({ ...request, path }, signal)) void chunk;
    received++;
  }
  transport.close();
});
console.log(`ops=${received}`);
