import { type Parameter, vendorModel, vendorModelOf32 } from './parameter.ts';
import { INTEGER_MAX, integer, type ParameterType, yesNo } from './parameter-type.ts';

const recoveryLevel: ParameterType = {
  kind: 'words',
  words: ['1', '2', '3', '4'],
  aliases: { '255': '2' },
};
const shellName: ParameterType = {
  kind: 'form',
  what: '4 to 12 letters, digits or _',
  form: /^\w{4,12}$/,
  empty: 'clears',
};
const extensions: ParameterType = {
  kind: 'form',
  what: 'up to 10 extensions such as .cfg, separated by commas',
  form: /^\.\w+(?:,\.\w+){0,9}$/,
  empty: 'clears',
};

/** Logs, self-repair, remote shells, and what the user may do with stored files. */
export const upkeepParameters: readonly Parameter[] = [
  // Logs and repair.
  {
    name: 'LOG_LEVEL',
    type: integer(0, 255),
    default: '255',
    source: vendorModelOf32,
    note: 'Before 3.2: 1 to 3, default 1.',
  },
  {
    name: 'RECOVERY_LEVEL',
    type: recoveryLevel,
    default: '2',
    source: 'M44 p69, sipXecs vendor model',
    note: 'Restart at ECR errors: 1 critical, 2 major, 3 minor, 4 info. The manual prints its default as 255, the same as 2.',
  },
  {
    name: 'MEMCHECK_PERIOD',
    type: integer(1800, 86_400),
    default: '86400',
    source: 'S43 p354',
    note: 'Seconds between two checks of memory. Vendor model: 1800.',
  },
  {
    name: 'LOGSIP_ENABLE',
    type: yesNo,
    default: 'NO',
    source: 'S43 p354',
    note: 'Write SIP messages to a file.',
  },
  {
    name: 'DOS_PACKET_RATE',
    type: integer(-INTEGER_MAX),
    default: '0',
    source: 'S43 p354',
    note: 'Guard against floods of SIP packets; below 1 = off. No default is printed: Assumed off.',
  },
  {
    name: 'DOS_MAX_LIMIT',
    type: integer(0),
    default: '0',
    source: 'S43 p354',
    note: 'No default is printed: Assumed.',
  },
  {
    name: 'DOS_LOCK_TIME',
    type: integer(0),
    default: '0',
    source: 'S43 p354',
    note: 'No default is printed: Assumed.',
  },
  {
    name: 'PORT_MIRROR_ENABLE',
    type: yesNo,
    default: 'NO',
    source: vendorModel,
    note: 'Mirror to the PC port.',
  },
  { name: 'SSH', type: yesNo, default: 'NO', source: vendorModel, note: 'The PDT shell.' },
  { name: 'SFTP', type: yesNo, default: 'NO', source: vendorModel },
  { name: 'SSHID', type: shellName, default: '', source: vendorModel },
  { name: 'SSHPWD', type: shellName, default: '', source: vendorModel, secret: true },
  { name: 'SFTP_READ_PATTERNS', type: extensions, default: '.cfg,.dat', source: vendorModel },
  { name: 'SFTP_WRITE_PATTERNS', type: extensions, default: '.cfg,.dat', source: vendorModel },

  // What the user may do in the File Manager, by folder.
  { name: 'FM_PROFILES_ENABLE', type: yesNo, default: 'YES', source: vendorModel },
  { name: 'FM_LANGS_ENABLE', type: yesNo, default: 'YES', source: vendorModel },
  { name: 'FM_SOUNDS_ENABLE', type: yesNo, default: 'YES', source: vendorModel },
  { name: 'FM_IMAGES_ENABLE', type: yesNo, default: 'YES', source: vendorModel },
  { name: 'FM_CERTS_ENABLE', type: yesNo, default: 'NO', source: vendorModel },
  { name: 'FM_CONFIG_ENABLE', type: yesNo, default: 'NO', source: vendorModel },
  { name: 'FM_LOGS_ENABLE', type: yesNo, default: 'YES', source: vendorModel },
];
