import { expect, onTestFinished, test } from 'vitest';
import { type PhoneSurroundings, powerOn } from '../../src/index.ts';

const served = {
  '1230SIP.cfg': '[DEVICE_CONFIG]\nVERSION 000001\nFILENAME DeviceConfig.cfg\nPROTOCOL HTTP\n',
  'DeviceConfig.cfg': 'BANNER Hello\n',
};

async function switchedOn(surroundings: PhoneSurroundings = {}) {
  const phone = await powerOn(surroundings);
  onTestFinished(() => phone.stop());
  return phone;
}

test('a phone that is switched on comes to rest, and tells how', async () => {
  const phone = await switchedOn();
  expect(phone.mac).toBe('001B4F123001');
  expect(phone.outcome()).toMatchObject({ state: 'idle', ok: true });
  expect(phone.facts[0]).toMatchObject({ phone: phone.mac, event: { type: 'power.on' } });
});

test('keys and steps go on from where it is', async () => {
  const phone = await switchedOn();
  await phone.press('Srvcs 4 Yes');
  await phone.take({ wait: 'rest' }, { advance: '1h' });
  expect(phone.facts.filter(({ event }) => event.type === 'update.started')).toHaveLength(2 + 1);
});

test('it is left in the middle of its boot if so wished', async () => {
  const phone = await switchedOn({ waitFor: 'update.started' });
  expect(phone.facts.map(({ event }) => event.type)).not.toContain('update.finished');
  const off = await switchedOn({ waitFor: 'nothing' });
  expect(off.outcome().state).toBe('busy');
});

test('a step that fails throws what was expected, found, and told around it', async () => {
  const phone = await switchedOn({ server: { files: served } });
  const error = await phone.press('Nonsense').catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'PhoneError', code: 'STEP_FAILED' });
  expect(String(error)).toMatchInlineSnapshot(`
    "PhoneError: keys
      expected    key "Nonsense" has an effect within 3h
      found       key "Nonsense" has no effect on the screen "login", which has Login, Srvcs
      around       12.706  [DEVICE_CONFIG]  not stored: 000001 offered -> download
                   12.707  DeviceConfig.cfg  http://127.0.0.1:80  13 B in 1ms
                   12.707  [DEVICE_CONFIG]  stored, version 000001
                   12.707  check 1  done
                   12.707  next poll  none: AUTO_UPDATE is NO until a file says YES
                   12.707  login  login screen: AUTOLOGIN_ENABLE is YES: a user has to log in"
  `);
});

test('an expectation among the steps throws the same way', async () => {
  const phone = await switchedOn();
  await expect(phone.take({ expect: [{ state: 'login' }] })).rejects.toThrow(
    /^state\n {2}expected {4}login\n/,
  );
});

test('what is wrong in steps is told before the first is taken', async () => {
  const phone = await switchedOn();
  const told = phone.facts.length;
  const wrong = { advance: '30' };
  await expect(phone.take('power.off', wrong)).rejects.toThrow(
    'phone: steps[1].advance: "30" is no duration',
  );
  expect(phone.facts).toHaveLength(told);
});

test('what is wrong in its surroundings is told, and nothing is begun', async () => {
  await expect(powerOn({ phone: { settings: { SNTP_SERVR: 'x' } } })).rejects.toMatchObject({
    name: 'ScenarioError',
    message: 'phone: "SNTP_SERVR" is no parameter; did you mean SNTP_SERVER?',
  });
});

test('a phone that does not come to rest in time is stopped, and says where it stood', async () => {
  await expect(powerOn({ waitFor: { fact: 'phone.idle' }, server: 'none' })).rejects.toThrow('phone.idle');
});

test('a phone that was stopped takes no steps', async () => {
  const phone = await powerOn();
  await phone.stop();
  await phone.stop();
  await expect(phone.take('check')).rejects.toMatchObject({ code: 'STOPPED' });
});

test('over sockets it is the same phone', async () => {
  const phone = await switchedOn({ time: { mode: 'jump' }, server: { files: served } });
  expect(
    phone.judge({ flash: { DEVICE_CONFIG: '000001' }, 'requests.some': ['DeviceConfig.cfg'] }),
  ).toMatchObject([
    { word: 'requests.some', holds: true },
    { word: 'flash', holds: true },
  ]);
});
