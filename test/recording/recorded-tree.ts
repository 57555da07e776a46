import { onTestFinished } from 'vitest';
import { makeImage } from '../../src/device/image.ts';
import type { Protocol } from '../../src/provisioning/words.ts';
import { servedFolder } from '../peers/served-folder.ts';

const LOAD = 'SIP12x004.04.09.00';

/** The tree of fixtures/recorded/README.md, its sections with this protocol; gone after the test. */
export async function recordedTree(protocol: Protocol): Promise<string> {
  const provisioning = [
    ...['[FW]', 'DOWNLOAD_MODE AUTO', `VERSION ${LOAD}`, `FILENAME firmware/${LOAD}.bin`, 'PROTOCOL P', ''],
    ...[
      '[DEVICE_CONFIG]',
      'DOWNLOAD_MODE AUTO',
      'VERSION 000002',
      'FILENAME DeviceConfig.cfg',
      'PROTOCOL P',
      '',
    ],
    ...['[LANGUAGE]', 'DOWNLOAD_MODE AUTO', 'VERSION 000001', 'FILENAME languages/French.lng'],
    ...['FILENAME languages/My Own.lng', 'PROTOCOL P', ''],
    ...['[USER_CONFIG]', 'DOWNLOAD_MODE FORCED', 'VERSION 000001', 'PROTOCOL P', ''],
  ]
    .join('\r\n')
    .replaceAll('PROTOCOL P', `PROTOCOL ${protocol.toUpperCase()}`);
  const folder = await servedFolder({
    '1220SIP.cfg': provisioning,
    '1230SIP.cfg': provisioning,
    'DeviceConfig.cfg': 'DNS_DOMAIN office.example\r\n',
    'languages/French.lng': '##1 language file\r\n##2 1200 SIP\r\n##3 ver SIP 4.4.9.0\r\nhello=Bonjour\r\n',
    'SIP001B4F123002.cfg': 'AUTOLOGIN_ID_KEY01 1002@office.example\r\n',
    [`firmware/${LOAD}.bin`]: makeImage({ load: LOAD, sizeBytes: 70_000 }),
  });
  onTestFinished(() => folder.remove());
  return folder.path;
}
