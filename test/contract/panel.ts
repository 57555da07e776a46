import { mutation, proof, type RuleGroup } from './rule.ts';

const lcd = proof('test/display/lcd.test.ts');
const keys = proof('test/display/key-meaning.test.ts');
const handset = proof('test/phone/handset.test.ts');
const logs = proof('test/report/phone-logs.test.ts');

/** What the panel shows and the keys do. */
export const panel: RuleGroup = {
  title: 'The panel',
  rules: [
    {
      id: 'panel-geometry',
      says: 'The 1210 shows 4 lines, the 1220 5 and the 1230 9, of 24 characters each, over four soft keys.',
      provenBy: [lcd('has its own number of lines, each of its width')],
      inverted: mutation('src/display/geometry.ts')(
        '1230: { rows: 9, columns: 24 }',
        '1230: { rows: 8, columns: 24 }',
      ),
    },
    {
      id: 'panel-dnd',
      says: 'The idle screen shows DND while either of its flags is on.',
      provenBy: [lcd('the DND indicator is the or of both flags', 'idle with DND')],
      inverted: mutation('src/display/dnd.ts')(
        'return flags.update || flags.user;',
        'return flags.update && flags.user;',
      ),
    },
    {
      id: 'panel-services',
      says: 'Idle soft keys include Srvcs, which opens the services; Check for Updates is their fourth.',
      provenBy: [
        keys('idle: Srvcs opens the services'),
        handset('every path of keys ends in its command > Check for Updates'),
      ],
      inverted: mutation('src/display/soft-keys.ts')(
        "{ label: message('servicesKey'), meaning: opening('services') },\n  { label: message('moreKeys')",
        "{ label: message('servicesKey'), meaning: opening('preferences') },\n  { label: message('moreKeys')",
      ),
    },
    {
      id: 'panel-menus-by-release',
      says: 'The sixth service is the File Manager from 4.4 on; below it is System, with Erase User Data.',
      provenBy: [keys('below 4.4 the sixth service is System', 'from 4.4 on it is the File Manager')],
      inverted: mutation('src/display/menu.ts')(
        '!isReleaseFrom(software, 4, 4)',
        '!isReleaseFrom(software, 4, 5)',
      ),
    },
    {
      id: 'panel-keys',
      says: 'Every menu is reached by soft keys, digits and texts; a path of keys ends in its command.',
      provenBy: [
        handset(
          'every path of keys ends in its command > Check for Updates by its text',
          'Check for Updates by the cursor',
        ),
      ],
      inverted: mutation('src/display/key-meaning.ts')(
        '((item - 1 + by + count) % count) + 1',
        '((item - 1 - by + count) % count) + 1',
      ),
    },
    {
      id: 'panel-during-check',
      says: 'While a check runs that began at idle the keys of idle are there, a menu stays open over it, and calls are made.',
      provenBy: [
        lcd('while a check runs: its screen has the keys of idle', 'that of a boot has none'),
        handset('while a check runs the menus are there, and calls are made'),
      ],
      inverted: mutation('src/display/soft-keys.ts')(
        'settings.checkAtIdle ? idleKeys : noKeys',
        'settings.checkAtIdle ? noKeys : idleKeys',
      ),
    },
    {
      id: 'panel-device-settings',
      says: 'Server URL takes 1 to 49 characters, Device ID 4 to 20, Password 4 to 12; a wrong server is told as "Server url" is incorrect.',
      provenBy: [
        keys('a server of 49 characters is filled in', 'one of 50 is refused'),
        lcd('a wrong server'),
      ],
      inverted: mutation('src/provisioning/parameter-type.ts')('lengthMax: 49 };', 'lengthMax: 48 };'),
    },
    {
      id: 'panel-login-prompts',
      says: 'The login prompt holds who logged in last; with PROMPT_AUTHNAME_ENABLE YES an authentication ID is asked for before the password.',
      provenBy: [
        keys(
          'prompt: it holds who logged in last',
          'prompt: with PROMPT_AUTHNAME_ENABLE YES an authentication ID is asked for first',
        ),
        handset('the one who logged in last stands in the prompt after a reboot'),
      ],
      inverted: mutation('src/display/menu.ts')(
        "settingOf(settings, 'PROMPT_AUTHNAME_ENABLE') === 'YES'",
        "settingOf(settings, 'PROMPT_AUTHNAME_ENABLE') === 'NO'",
      ),
    },
    {
      id: 'panel-firmware-refused',
      says: 'An image that does not authenticate is shown as [FW] Authentication Failed.',
      provenBy: [lcd('the image is refused for its signature')],
      inverted: mutation('src/display/messages.ts')('[%] Authentication Failed', '[%] Update Failed'),
    },
    {
      id: 'logs-of-the-phone',
      says: "The phone's ECR and security logs are written in its own layout.",
      provenBy: [
        logs('the ECR log holds starts and errors as records of the documented layout'),
        logs('a line of the security log has the documented shape'),
      ],
      inverted: mutation('src/report/ecr-log.ts')('`=== Record #$', '`== Record #$'),
    },
  ],
};
