import { bootNames, FILES_OF_A_BOOT } from './trees.mjs';

/** Enough that the first slow laps of a client weigh little, few enough that a run stays below a minute. */
const BOOTS = 4_000;
const SMALL_TRANSFERS = 20_000;
const LARGE_TRANSFERS = 40;
/** Of programs that are one process a transfer: what one costs does not change with their number. */
const SMALL_PROCESSES = 400;

/**
 * What is set side by side: in each contest a fleet of the product first, then parts of it, then its peers.
 *
 * @typedef {object} Entry
 * @property {string} name
 * @property {number} count boots, transfers or requests, whatever the client counts in
 * @property {number} [requestsPerOperation] 1 unless said otherwise
 * @property {(count: number) => readonly string[]} command with 0 it starts and ends
 *
 * @param {{ tftp: number, ftp: number, http: number }} ports of the server
 */
export function contestsOn(ports) {
  const url = (protocol, path) => `${protocol}://127.0.0.1:${ports[protocol]}/${path}`;
  const client = (script, { name = script, count, inFlight }, protocol, ...rest) => ({
    name,
    count,
    command: (n) => node(script, n, inFlight, ports[protocol], ...rest),
  });
  const phones = (script, { count, inFlight, name = script }, protocol, folder, ...rest) => ({
    name,
    count,
    command: (n) => node(script, n, inFlight, url(protocol, folder), portList(ports), ...rest),
  });
  const product = (...workload) => ['fleet', 'phones'].map((script) => phones(script, ...workload));
  const transports = (size, protocol, ...paths) =>
    client('transports', { ...size, name: 'transports alone' }, protocol, protocol, ...paths);
  const dgram = (size, ...paths) => [
    client('dgram', size, 'tftp', 'default', ...paths),
    client('dgram', { ...size, name: 'dgram, no look-up' }, 'tftp', 'own', ...paths),
  ];
  const programs = ({ count, inFlight }, path) =>
    [
      `atftp -g -r ${path} -l /dev/null 127.0.0.1 ${ports.tftp}`,
      `curl -sf --tftp-no-options -o /dev/null ${url('tftp', path)}`,
    ].map((command) => ({
      name: command.slice(0, command.indexOf(' ')),
      count,
      command: (n) => ['bash', '-c', `seq ${n} | xargs -r -P ${inFlight} -I{} ${command}`],
    }));

  const small = { count: SMALL_TRANSFERS, inFlight: 50 };
  const pairs = { count: SMALL_TRANSFERS / 2, inFlight: 50 };
  const large = { count: LARGE_TRANSFERS, inFlight: 4 };
  const boots = { count: BOOTS, inFlight: 50 };
  const files = { count: BOOTS * FILES_OF_A_BOOT, inFlight: 50 };

  return [
    {
      name: 'tftp-small',
      title: 'TFTP, files of 1 KiB, 50 in flight; a phone takes two',
      operation: 'file',
      entries: [
        ...product(pairs, 'tftp', 'small'),
        phones('fleet', { ...pairs, name: 'fleet, 2 workers' }, 'tftp', 'small', 2),
        transports(pairs, 'tftp', 'small/1230SIP.cfg', 'small/dialplan.txt'),
        ...dgram(small, 'small/1230SIP.cfg', 'small/dialplan.txt'),
        ...programs({ ...small, count: SMALL_PROCESSES }, 'small/dialplan.txt'),
      ],
    },
    {
      name: 'tftp-boot',
      title: 'TFTP, boots of six files, 50 in flight',
      operation: 'file',
      entries: [
        ...product(boots, 'tftp', 'boot-tftp'),
        transports(boots, 'tftp', ...pathsIn('boot-tftp')),
        ...dgram(files, ...pathsIn('boot-tftp')),
      ],
    },
    {
      name: 'tftp-large',
      title: 'TFTP, images of 3 MiB in blocks of 512 bytes, 4 in flight',
      operation: 'image',
      entries: [
        ...product(large, 'tftp', 'large').map((entry) => ({ ...entry, requestsPerOperation: 2 })),
        transports(large, 'tftp', 'large/image.bin'),
        ...dgram(large, 'large/image.bin'),
        ...programs(large, 'large/image.bin'),
      ],
    },
    {
      name: 'http-boot',
      title: 'HTTP, boots of six files on one connection, 50 in flight',
      operation: 'file',
      entries: [
        ...product(boots, 'http', 'boot-http'),
        transports(boots, 'http', ...pathsIn('boot-http')),
        client('autocannon', files, 'http', ...pathsIn('boot-http')),
        client('undici', boots, 'http', ...pathsIn('boot-http')),
      ],
    },
    {
      name: 'ftp-boot',
      title: 'FTP, boots of six files in a session each, 50 in flight',
      operation: 'file',
      entries: [
        ...product(boots, 'ftp', 'boot-ftp'),
        transports(boots, 'ftp', ...pathsIn('boot-ftp')),
        client('ftp-context', boots, 'ftp', ...pathsIn('boot-ftp')),
      ],
    },
  ];
}

function node(script, ...args) {
  return [process.execPath, `${import.meta.dirname}/clients/${script}.mjs`, ...args.map(String)];
}

function portList(ports) {
  return Object.entries(ports)
    .map((entry) => entry.join('='))
    .join();
}

function pathsIn(folder) {
  return bootNames.map((name) => `${folder}/${name}`);
}
