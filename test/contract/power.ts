import { mutation, proof, type RuleGroup } from './rule.ts';

const recovery = proof('test/phone/recovery.test.ts');
const powerCut = proof('test/phone/power-cut.test.ts');
const check = proof('test/phone/check.test.ts');
const boot = proof('test/phone/boot.test.ts');
const own = proof('test/contract/power.test.ts');

const inUserFlash = mutation('src/phone/user-flash.ts');
const inLife = mutation('src/phone/life.chart.ts');
const inOrders = mutation('src/phone/check-orders.ts');
const inTimings = mutation('src/provisioning/timings.ts');

/** Loss of power, recovery, erasing. */
export const power: RuleGroup = {
  title: 'Power, recovery and erasing',
  rules: [
    {
      id: 'power-cut-anywhere',
      says: 'Power can be cut in any state and at any byte; the phone comes back and ends as if it had not been.',
      provenBy: [powerCut('wherever power is cut, the phone comes back and ends as if it had not been')],
      inverted: mutation('src/phone/check-orders.ts')(
        "image: 'writing' }];",
        "image: 'ok' }, { change: 'software', software: 'SIP12x009.99.99.99' }];",
      ),
    },
    {
      id: 'power-cut-half-a-file',
      says: 'A file that was half received is discarded.',
      provenBy: [powerCut('a transfer cut by loss of power is told as ABORTED and nothing of it is kept')],
      inverted: mutation('src/phone/phone-implementations.ts')(
        'shutDoor: assign({ door: ({ context }) => progress.shutDoor(context) }),',
        'shutDoor: () => {},',
      ),
    },
    {
      id: 'power-cut-while-writing',
      says: 'A cut while the image is written leaves it half written: the boot loader asks for <model>Boot.cfg by TFTP, takes its [FW] as FORCED, writes and boots.',
      quirk: 'interruptedWrite',
      provenBy: [
        recovery('a phone whose image write was interrupted gets its image by the boot file, over TFTP'),
        recovery('recovery writes the image even when it is the one that ran'),
      ],
      inverted: mutation('src/phone/phone-progress.ts')(
        "quirks.interruptedWrite === 'recovery'",
        "quirks.interruptedWrite === 'old-image'",
      ),
    },
    {
      id: 'recovery-boot-file',
      says: 'The file the boot loader asks for is <model>Boot.cfg.',
      quirk: 'bootFile',
      provenBy: [
        recovery('a phone whose image write was interrupted gets its image by the boot file, over TFTP'),
      ],
      inverted: inOrders("quirks.bootFile === 'model-boot'", "quirks.bootFile === 'model-sip'"),
    },
    {
      id: 'recovery-again',
      says: 'Without file or server it stays in recovery and tries again every 60 s, at most ten times in one boot.',
      provenBy: [
        recovery('without a boot file the phone tries ten times, a minute apart, and stays in recovery'),
      ],
      inverted: inTimings('RECOVERY_TRIES_MAX = 10', 'RECOVERY_TRIES_MAX = 9'),
    },
    {
      id: 'recovery-late',
      says: 'A boot file that comes late saves the phone: it is never dead.',
      provenBy: [recovery('a boot file that comes late saves the phone, and the boot is as it should be')],
      inverted: inLife("after: { recoveryRetry: 'trying' },", "after: { recoveryRetry: 'failed' },"),
    },
    {
      id: 'erase-user-data',
      says: "Erase User Data takes profiles, the user's DND and all stored versions; settings received by file and stored files stay. The phone restarts.",
      provenBy: [
        own('Erase User Data takes versions, user and DND, and leaves settings and files'),
        check('restarts the phone, DND goes off with it'),
      ],
      inverted: inUserFlash(
        'commit(unit, [...versionsErased(unit), ...profilesErased',
        'commit(unit, [...profilesErased',
      ),
    },
    {
      id: 'factory-reset',
      says: 'A factory reset takes everything but the running software.',
      provenBy: [own('a factory reset leaves the running software and nothing else')],
      inverted: inUserFlash("{ change: 'settings-erased', names: Object.keys(settings) },", ''),
    },
    {
      id: 'memory-error',
      says: 'An error of memory restarts the phone at once when it is as severe as RECOVERY_LEVEL (critical and major by default), also during a check.',
      provenBy: [
        proof('test/phone/memory-error.test.ts')(
          'an error of memory restarts the phone by RECOVERY_LEVEL',
          'during an update it ends the check at once, with DND off and the call lost',
        ),
      ],
      inverted: mutation('src/phone/phone.machine.ts')(
        "guard: { type: 'restartsAtError', params: ({ event }) => event.severity },",
        "guard: { type: 'saysYes', params: 'no' },",
      ),
    },
    {
      id: 'durations-in-the-field',
      says: 'Boot loader 8 to 12 s, start of the software 3.0 to 4.1 s, image write 60 to 90 s, login 1 to 3 s: drawn once per phone from the seed.',
      provenBy: [
        boot(
          'durations are drawn within the field table',
          'the same seed tells the same facts at the same times',
        ),
      ],
      inverted: inTimings('bootLoaderMs: [8_000, 12_000]', 'bootLoaderMs: [18_000, 22_000]'),
    },
    {
      id: 'server-unreachable-at-boot',
      says: 'A provisioning server that does not answer delays the boot by its limits, and the phone comes up with what flash holds.',
      provenBy: [own('a server that does not answer delays the boot by its limit')],
      inverted: mutation('src/phone/take-up-plan.ts')(
        'if (!(error instanceof TransportError))',
        'if (error instanceof TransportError)',
      ),
    },
  ],
};
