import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bootFileName,
  checkFileName,
  deviceCertificateName,
  provisioningFileName,
  unistimProvisioningFileName,
  userConfigName,
} from '../../src/provisioning/file-name.ts';

const fine: [title: string, name: string][] = [
  ['a plain name', 'DeviceConfig.cfg'],
  ['a sub-folder', 'firmware/SIP12x004.01.13.00.bin'],
  ['folders deep down', 'a/b/c/d.cfg'],
  ['blanks', 'my phones/French 2.lng'],
  ['dots in a name', 'a..b/...c'],
  ['a dot for the folder itself', './DeviceConfig.cfg'],
  ['letters beyond ASCII', 'Fran\u00e7ais.lng'],
  ['a percent sign, which means itself', '%2e%2e/x'],
  ['a colon further on', 'ab:c'],
];
test.for(fine)('asks for a name with %s as it stands', ([, name]) => {
  expect(checkFileName(name)).toEqual({ ok: true, path: name });
});

const refused: [title: string, name: string, why: string][] = [
  ['nothing', '', 'it is empty'],
  ['two dots', '..', "it climbs out of the server's root by .."],
  ['two dots first', '../secret', "it climbs out of the server's root by .."],
  ['two dots inside', 'a/../../b', "it climbs out of the server's root by .."],
  ['two dots last', 'a/..', "it climbs out of the server's root by .."],
  ['a slash first', '/etc/passwd', 'it is absolute; expected a path below the root of the server'],
  ['a drive letter', 'C:/x.cfg', 'it names a drive; expected a path below the root of the server'],
  ['a backslash', 'a\\b.cfg', 'it holds a backslash; expected / between folders'],
  ['two dots and a backslash', '..\\x', 'it holds a backslash; expected / between folders'],
  ['NUL', 'a\0.cfg', 'it holds a control character'],
  ['CR and LF, as in an injected FTP command', 'a\r\nDELE b', 'it holds a control character'],
  ['DEL', 'a\x7f', 'it holds a control character'],
  ['a C1 control', 'a\x9b', 'it holds a control character'],
  ['no end', 'a'.repeat(256), 'it has 256 characters; expected at most 255'],
];
test.for(refused)('refuses a name with %s', ([, name, why]) => {
  expect(checkFileName(name)).toEqual({ ok: false, why });
});

test('no name that is taken leads out of the root', () => {
  const pieces = fc.array(fc.constantFrom('..', '.', '/', '\\', 'a', 'C:', '\0', '%2e'), { maxLength: 8 });
  fc.assert(
    fc.property(pieces, (parts) => {
      const checked = checkFileName(parts.join(''));
      if (!checked.ok) return;
      const resolved = new URL(
        checked.path.split('/').map(encodeURIComponent).join('/'),
        'http://host/tree/',
      );
      expect(resolved.pathname.startsWith('/tree/')).toBe(true);
    }),
  );
});

test('the names a phone asks for by itself', () => {
  expect(provisioningFileName('1230')).toBe('1230SIP.cfg');
  expect(unistimProvisioningFileName('1220')).toBe('1220.cfg');
  expect(bootFileName('1210')).toBe('1210Boot.cfg');
  expect(userConfigName('001B4F12300A')).toBe('SIP001B4F12300A.cfg');
});

test('a star in the name of a device certificate is the MAC', () => {
  expect(deviceCertificateName('devcert*.p12', '001122334455')).toBe('devcert001122334455.p12');
  expect(deviceCertificateName('one.p12', '001122334455')).toBe('one.p12');
});
