import { mutation, proof } from './rule.ts';
import type { SwitchTable } from './switch-table.ts';

const schedule = proof('test/phone/schedule.test.ts');
const notify = proof('test/provisioning/notify-rules.test.ts');
const dnd = proof('test/phone/dnd.test.ts');
const recovery = proof('test/phone/recovery.test.ts');
const licence = proof('test/phone/licence.test.ts');
const clock = proof('test/phone/clock.test.ts');
const nextPoll = proof('test/provisioning/next-poll.test.ts');
const defaults = proof('test/contract/defaults.test.ts');

const inStagger = mutation('src/provisioning/stagger.ts');
const inManner = mutation('src/provisioning/check-sync-manner.ts');
const inProgress = mutation('src/phone/phone-progress.ts');

/** What the phone does by itself over time. */
export const switchesOfThePhone = {
  bootFile: {
    'model-boot': {
      says: 'the boot loader of an interrupted phone asks for <model>Boot.cfg.',
      provenBy: [
        recovery('a phone whose image write was interrupted gets its image by the boot file, over TFTP'),
      ],
    },
    'model-sip': {
      says: 'it asks for <model>SIP.cfg.',
      provenBy: [recovery('with quirk bootFile=model-sip the boot loader asks for the provisioning file')],
      inverted: mutation('src/phone/check-orders.ts')("world.quirks.bootFile === 'model-boot'", 'true'),
    },
  },
  interruptedWrite: {
    recovery: {
      says: 'after a power cut while the image is written the boot loader recovers.',
      provenBy: [
        recovery('a phone whose image write was interrupted gets its image by the boot file, over TFTP'),
      ],
    },
    'old-image': {
      says: 'the old image still runs.',
      provenBy: [recovery('with quirk interruptedWrite=old-image the old image runs on')],
      inverted: inProgress("&& unit.world.quirks.interruptedWrite === 'recovery'", ''),
    },
  },
  checkSync: {
    'by-release': {
      says: 'what comes before the check of a check-sync depends on the software.',
      provenBy: [defaults('a check-sync is taken as the software takes it')],
    },
    key: {
      says: 'a question that waits for a key.',
      provenBy: [notify('quirks.checkSync can make it key whatever the release')],
      inverted: inManner("if (quirk !== 'by-release') return quirk;", ''),
    },
    silent: {
      says: 'nothing.',
      provenBy: [notify('quirks.checkSync can make it silent whatever the release')],
      inverted: inManner("if (quirk !== 'by-release') return quirk;", ''),
    },
    dialogue: {
      says: 'the dialogue of the poll.',
      provenBy: [notify('quirks.checkSync can make it dialogue whatever the release')],
      inverted: inManner("if (quirk !== 'by-release') return quirk;", ''),
    },
  },
  poll: {
    dialogue: {
      says: 'a poll asks the user first.',
      provenBy: [defaults('a poll asks the user first')],
    },
    silent: {
      says: 'it does not.',
      provenBy: [schedule("a phone's week holds seven polls")],
      inverted: mutation('src/phone/phone-implementations.ts')(
        "context.unit.world.quirks.poll === 'silent'",
        'false',
      ),
    },
  },
  stagger: {
    'lcg-minutes': {
      says: 'the delay within the poll window is drawn as the known log has it, in minutes.',
      provenBy: [defaults('a phone whose MAC ends in 5B:52:99:8E polls 44 minutes after AUTO_UPDATE_TIME')],
    },
    'uniform-seconds': {
      says: 'it is drawn evenly in seconds.',
      provenBy: [
        nextPoll('uniform-seconds: a thousand phones in a row spread over the window'),
        defaults('with quirk stagger=uniform-seconds the same draw is so many seconds'),
      ],
      inverted: inStagger("kind === 'uniform-seconds'", "kind === 'none'"),
    },
    none: {
      says: 'there is none.',
      provenBy: [nextPoll('none means none')],
      inverted: inStagger("if (kind === 'none') return 0;", ''),
    },
  },
  clock: {
    assumed: {
      says: 'with SNTP_ENABLE NO the clock is taken to be right.',
      provenBy: [clock('is not asked with SNTP_ENABLE NO: the clock is taken to be right, told once')],
    },
    'sntp-only': {
      says: 'there is none, and no poll; a time server alone counts.',
      provenBy: [
        schedule('with quirk clock=sntp-only and SNTP_ENABLE NO there is none'),
        clock('with quirk clock=sntp-only somebody else counts: no-clock'),
      ],
      inverted: mutation('src/phone/time-keeping.ts')(
        "quirks.clock === 'sntp-only'",
        "quirks.clock === 'assumed'",
      ),
    },
  },
  dndAtPowerUp: {
    no: {
      says: 'the check at power-up leaves DND off.',
      provenBy: [dnd('DND is on from the start of a check a user asks for to its end')],
    },
    yes: {
      says: 'it turns it on too.',
      provenBy: [dnd("with quirk dndAtPowerUp=yes also from power-up's")],
      inverted: inProgress("return dndAtPowerUp === 'yes';", 'return false;'),
    },
  },
  quietSections: {
    yes: {
      says: 'from 4.3 on LANGUAGE and DIALING_PLAN alone leave DND off in the check of a check-sync.',
      provenBy: [defaults('a dialing plan alone, after a check-sync, leaves DND off')],
    },
    no: {
      says: 'they turn it on like any other section.',
      provenBy: [schedule('with quirk quietSections=no too')],
      inverted: inProgress("quietSections === 'no'", "quietSections === 'yes'"),
    },
  },
  licensing: {
    ignore: {
      says: 'a licensed feature without a licence keeps nobody out.',
      provenBy: [licence('ignore: the user gets in, and it is told')],
      inverted: mutation('src/phone/who-logs-in.ts')("unit.world.quirks.licensing === 'enforce'", 'true'),
    },
    enforce: {
      says: 'its user stays at the login screen.',
      provenBy: [licence('enforce: the user stays at the login screen, and it is told')],
      inverted: mutation('src/phone/who-logs-in.ts')("unit.world.quirks.licensing === 'enforce'", 'false'),
    },
  },
} as const satisfies Partial<SwitchTable>;
