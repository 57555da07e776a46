import { mutation, proof, type RuleGroup } from './rule.ts';

const checks = proof('test/phone/check.test.ts');
const own = proof('test/contract/check.test.ts');

/** When a check restarts the phone. */
export const restart: RuleGroup = {
  title: 'Restart after a check',
  rules: [
    {
      id: 'restart-never-twice',
      says: 'A restart that a check caused never causes a second: another image waits, told.',
      provenBy: [
        checks('two images that overtake each other do not make the phone loop'),
        checks('two images whose names say nothing do not make the phone loop either'),
      ],
      inverted: mutation('src/phone/phone-progress.ts')(
        "restartedByCheck: restart !== 'reset'",
        "restartedByCheck: restart === 'reset'",
      ),
    },
    {
      id: 'restart-net-difference',
      says: 'Settings are compared once, after the last section, with those before the first: only a net difference counts.',
      provenBy: [
        checks('FORCE_REBOOT YES without a net difference does not'),
        own('a setting that is written twice and ends as it was restarts nothing'),
      ],
      inverted: mutation('src/phone/settle.ts')(
        'netDifference(progress).length > 0',
        'progress.downloads > 0',
      ),
    },
    {
      id: 'restart-force-reboot',
      says: 'A net difference with FORCE_REBOOT YES restarts the phone once.',
      quirk: 'configReboot',
      provenBy: [
        checks(
          'new settings with FORCE_REBOOT YES restart at run time',
          'new settings without FORCE_REBOOT do not',
        ),
      ],
      inverted: mutation('src/phone/settle.ts')(
        "configReboot === 'always' || forced",
        "configReboot === 'always' || !forced",
      ),
    },
    {
      id: 'restart-not-at-power-up',
      says: 'In the check of power-up new settings restart nothing.',
      quirk: 'configRebootAtPowerUp',
      provenBy: [checks('new settings with FORCE_REBOOT YES restart at run time')],
      inverted: mutation('src/phone/settle.ts')(
        "trigger === 'power-up' && configRebootAtPowerUp === 'no'",
        "trigger === 'power-up' && configRebootAtPowerUp === 'yes'",
        'FORCE_REBOOT restarts at power-up too',
      ),
    },
    {
      id: 'restart-after-24-s',
      says: 'That restart comes 24 s after the check, with DND off meanwhile.',
      provenBy: [
        checks('a restart for new settings comes 24 seconds after the check, with DND off meanwhile'),
      ],
      inverted: mutation('src/phone/phone-progress.ts')(
        "return restart === 'configuration' ? unit.durations.configRestartMs : 0;",
        "return restart === 'firmware' ? unit.durations.configRestartMs : 0;",
      ),
    },
    {
      id: 'restart-pending',
      says: 'Settings that need a restart (local SIP ports, USE_RPORT) are told as pending when they arrive at run time; at power-up they are in force at once.',
      provenBy: [checks('a setting that needs a restart is pending at run time, and in force at power-up')],
      inverted: mutation('src/phone/settle.ts')(
        "if (progress.trigger === 'power-up' || restartsForSettings(progress)) return [];",
        'if (restartsForSettings(progress)) return [];',
      ),
    },
    {
      id: 'logout-pending',
      says: 'ENABLE_PRACK takes effect after the next logout, told.',
      provenBy: [own('ENABLE_PRACK is pending until the next logout')],
      inverted: mutation('src/device/settings.ts')("?.effect === 'logout'", "?.effect === 'restart'"),
    },
  ],
};
