import { image, LANGUAGE_TEXT, type Tree } from './bench-phone.ts';

/**
 * A small tree with everything in it: firmware, configuration, two languages, a banner, the phone's own file.
 */
export const wholeTree: Tree = {
  '1230SIP.cfg': [
    '[FW]',
    'VERSION SIP12x004.04.09.00',
    'FILENAME firmware/SIP12x004.04.09.00.bin',
    'PROTOCOL HTTP',
    '[DEVICE_CONFIG]',
    'VERSION 000001',
    'FILENAME device.cfg',
    'PROTOCOL HTTP',
    '[LANGUAGE]',
    'VERSION 000001',
    'PROTOCOL FTP',
    'FILENAME French.lng',
    'FILENAME German.lng',
    'DELETE_FILES YES',
    '[LOGIN_BANNER]',
    'VERSION 000001',
    'PROTOCOL TFTP',
    'FILENAME banner.txt',
    '[USER_CONFIG]',
    'DOWNLOAD_MODE FORCED',
    'VERSION 000001',
    'PROTOCOL HTTP',
    '',
  ].join('\n'),
  '1230Boot.cfg': '[FW]\nVERSION SIP12x004.04.09.00\nFILENAME firmware/SIP12x004.04.09.00.bin\n',
  'firmware/SIP12x004.04.09.00.bin': image('SIP12x004.04.09.00'),
  'device.cfg': 'SIP_DOMAIN1 example.org\nSERVER_IP1_1 192.0.2.1\nSERVER_IP1_2 192.0.2.1\n',
  'French.lng': LANGUAGE_TEXT,
  'German.lng': LANGUAGE_TEXT,
  'banner.txt': 'Welcome',
  'SIP001B4F123001.cfg': [
    'AUTOLOGIN_ENABLE USE_AUTOLOGIN_ID',
    'AUTOLOGIN_ID_KEY01 1001@example.org',
    'AUTOLOGIN_PASSWD_KEY01 secret',
  ].join('\n'),
};
