import { product } from './product.mjs';

/**
 * Documented: SIP12x004.01.13.00 is the load a factory-fresh phone of ours runs, so FORCED finds it
 * identical.
 */
const RUNNING_LOAD = 'SIP12x004.01.13.00';
export const IMAGE_BYTES = 3 * 1024 * 1024;
export const SMALL_FILE_BYTES = 1024;
export const FILES_OF_A_BOOT = 6;

/** The name under which the server keeps the one file that every phone asks for by its own MAC. */
export const ANY_PHONE = 'SIP000000000000.cfg';

/**
 * What is served, a folder for each workload:
 *
 *   boot-http, boot-ftp, boot-tftp   six files: 1, 4, 1, 30, 30 and half a KiB, as many as a usual site has
 *   small                            a provisioning file and the file of its one section, 1024 bytes each
 *   large                            a provisioning file and an image of 3 MiB
 */
export async function makeTree() {
  const { makeImage } = await product('device/image.js');
  const files = new Map();
  for (const protocol of ['http', 'ftp', 'tftp']) {
    for (const [name, body] of bootFiles(protocol)) files.set(`boot-${protocol}/${name}`, body);
  }
  files.set(
    'small/1230SIP.cfg',
    text(SMALL_FILE_BYTES, sections('tftp', [['DIALING_PLAN', 'dialplan.txt']])),
  );
  files.set('small/dialplan.txt', dialplan());
  files.set('large/1230SIP.cfg', Buffer.from(forcedImage('image.bin')));
  files.set('large/image.bin', Buffer.from(makeImage({ load: RUNNING_LOAD, sizeBytes: IMAGE_BYTES })));
  return files;
}

/** In the order in which a phone asks for them. */
export const bootNames = [
  '1230SIP.cfg',
  'DeviceConfig.dat',
  'dialplan.txt',
  'French.lng',
  'German.lng',
  ANY_PHONE,
];

function bootFiles(protocol) {
  const wanted = sections(protocol, [
    ['DEVICE_CONFIG', 'DeviceConfig.dat'],
    ['DIALING_PLAN', 'dialplan.txt'],
    ['LANGUAGE', 'French.lng', 'German.lng'],
    ['USER_CONFIG'],
  ]);
  const bodies = [
    text(1024, wanted),
    text(4096, deviceConfiguration),
    dialplan(),
    language('Français', 30 * 1024),
    language('Deutsch', 30 * 1024),
    text(512, userConfiguration),
  ];
  return bootNames.map((name, index) => [name, bodies[index]]);
}

function sections(protocol, wanted) {
  return wanted
    .map(([name, ...files]) =>
      [
        `[${name}]`,
        'DOWNLOAD_MODE AUTO',
        'VERSION 000001',
        `PROTOCOL ${protocol.toUpperCase()}`,
        ...files.map((file) => `FILENAME ${file}`),
      ].join('\n'),
    )
    .join('\n\n');
}

function forcedImage(file) {
  return `[FW]\nDOWNLOAD_MODE FORCED\nVERSION ${RUNNING_LOAD}\nPROTOCOL TFTP\nFILENAME ${file}\n`;
}

const deviceConfiguration = `SIP_DOMAIN1 lab.example
SERVER_IP1_1 127.0.0.1
SERVER_IP1_2 127.0.0.2
SERVER_PORT1_1 5060
SERVER_PORT1_2 5060
DST_ENABLED YES
TIMEZONE_OFFSET -18000
AUTO_UPDATE YES
AUTO_UPDATE_TIME 7200
AUTO_UPDATE_TIME_RANGE 3
BANNER ACME
VMAIL 1999
LOGIN_BANNER_ENABLE NO
HTTP_RETRY_NUMBER 5`;

const userConfiguration = `AUTOLOGIN_ENABLE USE_AUTOLOGIN_ID
AUTOLOGIN_ID_KEY01 1001@lab.example
AUTOLOGIN_PASSWD_KEY01 only-for-the-bench`;

/** As many rules as fit, then blank lines. */
function dialplan() {
  const start = '$n="lab.example"\n$t=7000\n%%\n';
  const rules = Array.from(
    { length: 40 },
    (_, area) => `${10 + area}X{4,7} && sip:$$@$n;user=phone && t=1000\n`,
  );
  const whole = rules.reduce(
    (text, rule) => (text.length + rule.length > SMALL_FILE_BYTES ? text : text + rule),
    start,
  );
  return Buffer.from(whole.padEnd(SMALL_FILE_BYTES, '\n'));
}

function language(name, sizeBytes) {
  const header = `##1 Nortel IP phone language file\n##2 1230 SIP\n##3 ver SIP 4.4.9.0\n##6 ${name}\n`;
  return text(sizeBytes, header, (line) => `text${line}=A line of the menu, number ${line}`);
}

/** `start`, then lines until the file has exactly so many bytes. */
function text(
  sizeBytes,
  start,
  lineAt = (line) => `# Remark ${line}: kept short, since 80 bytes end the reading.`,
) {
  const lines = [start];
  for (let length = start.length, line = 1; length < sizeBytes; line++) {
    lines.push(lineAt(line));
    length += lineAt(line).length;
  }
  const body = Buffer.from(lines.join('\n')).subarray(0, sizeBytes);
  if (body.length !== sizeBytes) throw new Error(`${body.length} bytes; expected ${sizeBytes}`);
  body[sizeBytes - 1] = 0x0a;
  return body;
}

/**
 * The files of a fleet that polls, for the loopback. Each phone has its own values, as at a site; what makes
 * them is kept out of the count by a small file.
 */
export function fleetStore() {
  const shared = new Map(
    Object.entries({
      '1230SIP.cfg': fleetPlan,
      'DeviceConfig.dat': `${deviceConfiguration.replace('TIME_RANGE 3', 'TIME_RANGE 1').replace('TIME 7200', 'TIME 0')}\n`,
    }).map(([name, text]) => [name, Buffer.from(text)]),
  );
  return {
    find(path) {
      const name = path.replace(/^\//, '');
      const body = shared.get(name) ?? ownFile(name);
      return (
        body && {
          sizeBytes: body.length,
          modifiedMs: 0,
          read: (at, length) => body.subarray(at, at + length),
        }
      );
    },
  };
}

const fleetPlan = `[DEVICE_CONFIG]
DOWNLOAD_MODE FORCED
VERSION 000001
PROTOCOL HTTP
FILENAME DeviceConfig.dat

[FW]
DOWNLOAD_MODE AUTO
VERSION ${RUNNING_LOAD}
PROTOCOL HTTP
FILENAME ${RUNNING_LOAD}.bin

[USER_CONFIG]
DOWNLOAD_MODE FORCED
VERSION 000001
PROTOCOL HTTP
`;

function ownFile(name) {
  const [, mac] = /^SIP([0-9A-F]{12})\.cfg$/.exec(name) ?? [];
  return mac && Buffer.from(userConfiguration.replace('1001', mac.slice(-6)));
}
