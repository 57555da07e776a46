import { describe, expect } from 'vitest';
import type { PhoneSurroundings } from '../src/index.ts';
import { test as base } from '../src/vitest.ts';

const surroundings: PhoneSurroundings = {
  server: {
    files: {
      '1230SIP.cfg': '[DEVICE_CONFIG]\nVERSION 000001\nFILENAME DeviceConfig.cfg\nPROTOCOL HTTP\n',
      'DeviceConfig.cfg': 'SIP_DOMAIN1 example.com\n',
    },
  },
};
const test = base.extend({ surroundings });

/** What an expectation that does not hold throws. */
function thrownBy(expectation: () => void): string {
  try {
    expectation();
  } catch (error) {
    return String(error);
  }
  return 'it held';
}

describe('what holds', () => {
  test('is held, with not as well', ({ phone }) => {
    expect(phone).toHaveRequested('1230SIP.cfg', { file: 'DeviceConfig.cfg', result: 'ok' });
    expect(phone).not.toHaveRequested('*.lng', '*.wav');
    expect(phone).toHaveFlash({ DEVICE_CONFIG: '000001' });
    expect(phone).not.toHaveFlash({ DEVICE_CONFIG: '000002' });
    expect(phone).toHaveShown('Login');
    expect(phone).not.toHaveShown('Nonsense');
    expect(phone).toMeet({ state: 'login', sections: { DEVICE_CONFIG: 'not-stored' } });
    expect(phone).not.toMeet({ state: 'idle' });
  });
});

describe('what does not hold is told with what was expected, found, and told around it', () => {
  test('toHaveRequested', ({ phone }) => {
    expect(thrownBy(() => expect(phone).toHaveRequested('French.lng'))).toMatchInlineSnapshot(`
      "Error: requests.some
        expected    French.lng
        found       1230SIP.cfg
                    DeviceConfig.cfg
        around       12.706  [DEVICE_CONFIG]  not stored: 000001 offered -> download
                     12.707  DeviceConfig.cfg  http://127.0.0.1:80  24 B in 1ms
                     12.707  [DEVICE_CONFIG]  stored, version 000001
                     12.707  check 1  done
                     12.707  next poll  none: AUTO_UPDATE is NO until a file says YES
                     12.707  login  login screen: AUTOLOGIN_ENABLE is YES: a user has to log in"
    `);
  });
  test('not.toHaveRequested', ({ phone }) => {
    expect(thrownBy(() => expect(phone).not.toHaveRequested('Device*'))).toMatchInlineSnapshot(`
      "Error: requests.absent
        expected    no request for Device*
        found       DeviceConfig.cfg
        around        0.000  flash  factory: nothing stored
                      0.000  boot loader  starts the software in 9.3s
                     12.704  check 1  power-up, asking http://127.0.0.1:80/
                     12.706  1230SIP.cfg  http://127.0.0.1:80  71 B in 2ms
                     12.706  1230SIP.cfg  1 section: DEVICE_CONFIG
                     12.706  [DEVICE_CONFIG]  not stored: 000001 offered -> download
                     12.707  DeviceConfig.cfg  http://127.0.0.1:80  24 B in 1ms
                     12.707  [DEVICE_CONFIG]  stored, version 000001"
    `);
  });
  test('toHaveFlash', ({ phone }) => {
    expect(thrownBy(() => expect(phone).toHaveFlash({ DEVICE_CONFIG: '2' }))).toMatchInlineSnapshot(`
      "Error: flash
        expected    DEVICE_CONFIG: 2
        found       DEVICE_CONFIG: 000001
        around       12.706  [DEVICE_CONFIG]  not stored: 000001 offered -> download
                     12.707  DeviceConfig.cfg  http://127.0.0.1:80  24 B in 1ms
                     12.707  [DEVICE_CONFIG]  stored, version 000001
                     12.707  check 1  done
                     12.707  next poll  none: AUTO_UPDATE is NO until a file says YES
                     12.707  login  login screen: AUTOLOGIN_ENABLE is YES: a user has to log in"
    `);
  });
  test('not.toHaveFlash', ({ phone }) => {
    expect(thrownBy(() => expect(phone).not.toHaveFlash({ DEVICE_CONFIG: '000001' }))).toMatchInlineSnapshot(`
      "Error: flash
        expected    not DEVICE_CONFIG: 000001
        found       DEVICE_CONFIG: 000001"
    `);
  });
  test('toHaveShown', ({ phone }) => {
    expect(thrownBy(() => expect(phone).toHaveShown('Nonsense'))).toMatchInlineSnapshot(`
      "Error: shown
        expected    at some moment "Nonsense"
        found       never; now 1230 IP Phone / Login / AUTOLOGIN_ENABLE is YES: / a user has to log in / [Login]
                    [Srvcs]
        around       12.706  [DEVICE_CONFIG]  not stored: 000001 offered -> download
                     12.707  DeviceConfig.cfg  http://127.0.0.1:80  24 B in 1ms
                     12.707  [DEVICE_CONFIG]  stored, version 000001
                     12.707  check 1  done
                     12.707  next poll  none: AUTO_UPDATE is NO until a file says YES
                     12.707  login  login screen: AUTOLOGIN_ENABLE is YES: a user has to log in"
    `);
  });
  test('not.toHaveShown', ({ phone }) => {
    expect(thrownBy(() => expect(phone).not.toHaveShown('Login'))).toMatchInlineSnapshot(`
      "Error: shown.absent
        expected    never "Login"
        found       1230 IP Phone / Login / AUTOLOGIN_ENABLE is YES: / a user has to log in / [Login] [Srvcs]
        around       12.706  [DEVICE_CONFIG]  not stored: 000001 offered -> download
                     12.707  DeviceConfig.cfg  http://127.0.0.1:80  24 B in 1ms
                     12.707  [DEVICE_CONFIG]  stored, version 000001
                     12.707  check 1  done
                     12.707  next poll  none: AUTO_UPDATE is NO until a file says YES
                     12.707  login  login screen: AUTOLOGIN_ENABLE is YES: a user has to log in"
    `);
  });
});

test('what is misspelt is told with the right word', ({ phone }) => {
  const wrong = JSON.parse('{"DEVICE_CONFG":"1"}');
  expect(thrownBy(() => expect(phone).toHaveFlash(wrong))).toContain('did you mean DEVICE_CONFIG?');
});

test('what is no phone is said to be none', () => {
  expect(thrownBy(() => expect('phone').toHaveShown('Login'))).toBe(
    'TypeError: found string; expected a phone of powerOn',
  );
});

test('a test may switch on several, each with a world of its own', async ({ powerOn }) => {
  const [one, other] = [await powerOn(surroundings), await powerOn({ server: 'none' })];
  await one.take('reset', { wait: 'rest' });
  expect(one).toMeet({ reboots: 1 });
  expect(other).not.toHaveRequested('*');
});
