import { mutation, proof } from './rule.ts';
import type { SwitchTable } from './switch-table.ts';

const check = proof('test/phone/check.test.ts');
const decision = proof('test/provisioning/decision.test.ts');
const fileDate = proof('test/phone/file-date.test.ts');
const source = proof('test/provisioning/section-source.test.ts');
const wire = proof('test/contract/wire-switches.test.ts');
const address = proof('test/contract/address.test.ts');

const inSettle = mutation('src/phone/settle.ts');
const inSectionTurn = mutation('src/phone/section-turn.ts');
const inWorld = mutation('src/scenario/socket-transport.ts');

/** What is fetched in a check, and how. */
export const switchesOfChecks = {
  afterFailedFetch: {
    next: {
      says: 'after a file that did not arrive the next one is asked for.',
      provenBy: [check('after a failed file the next section goes on')],
    },
    end: {
      says: 'it ends the check.',
      provenBy: [check('with quirk afterFailedFetch=end the check ends there')],
      inverted: mutation('src/phone/take-sections.ts')(
        "afterFailedFetch === 'next'",
        "afterFailedFetch !== 'next'",
      ),
    },
  },
  deadServer: {
    try: {
      says: 'a server that did not answer is tried again for the next file.',
      provenBy: [check('with quirk deadServer=skip a server that did not answer is asked once')],
      inverted: mutation('src/phone/obstacle.ts')(
        "quirks.deadServer !== 'skip'",
        "quirks.deadServer === 'none'",
      ),
    },
    skip: {
      says: 'it is left out for the rest of the check.',
      provenBy: [check('with quirk deadServer=skip a server that did not answer is asked once')],
      inverted: mutation('src/phone/obstacle.ts')(
        'if (!deadServers.includes(server)) return undefined;',
        'if (deadServers.length > 9) return undefined;',
      ),
    },
  },
  defaultProtocol: {
    tftp: {
      says: 'a section without PROTOCOL means TFTP.',
      provenBy: [source('means TFTP, told when the provisioning file came another way')],
    },
    'as-provisioning-file': {
      says: 'it means the protocol of the provisioning file.',
      provenBy: [source("with quirks.defaultProtocol means the provisioning file's, told too")],
      inverted: mutation('src/provisioning/section-source.ts')(
        "defaultProtocol === 'tftp'",
        "defaultProtocol !== 'tftp'",
      ),
    },
  },
  deleteFiles: {
    own: {
      says: "DELETE_FILES YES erases the stored files of its own section's kind.",
      provenBy: [check('DELETE_FILES erases its own kind; with quirk deleteFiles=both languages and tones')],
    },
    both: {
      says: 'it erases languages and tones alike.',
      provenBy: [check('DELETE_FILES erases its own kind; with quirk deleteFiles=both languages and tones')],
      inverted: inSectionTurn("deleteFiles === 'both'", "deleteFiles === 'own'"),
    },
  },
  fullStoresVersion: {
    yes: {
      says: 'a section of which a file was refused because five are stored keeps its new version.',
      provenBy: [check('a sixth language is refused, and the version stored all the same')],
    },
    no: {
      says: 'it does not.',
      provenBy: [check('with quirk fullStoresVersion=no a sixth language keeps the version back')],
      inverted: mutation('src/phone/keep.ts')(
        "quirks.fullStoresVersion === 'yes'",
        "quirks.fullStoresVersion === 'no'",
      ),
    },
  },
  fwBaseline: {
    running: {
      says: '[FW] VERSION is compared with the load that runs.',
      provenBy: [decision('AUTO leaves the running load although nothing is stored')],
    },
    stored: {
      says: 'it is compared with the stored version.',
      provenBy: [decision('nothing stored: fetched', 'stored: left', 'an older one stored: fetched')],
      inverted: mutation('src/provisioning/decision.ts')(
        '? flash.running : flash.stored',
        '? flash.stored : flash.running',
      ),
    },
  },
  fwIdentical: {
    'after-download': {
      says: 'a FORCED image that is the running one is fetched and not written.',
      provenBy: [check('FORCED with the load that runs: fetched, identical, version stored, no reboot')],
      inverted: mutation('src/phone/keep.ts')(
        "|| order.writeImage === 'always'",
        "|| order.writeImage === 'if-different'",
      ),
    },
    'before-download': {
      says: 'it is not even fetched.',
      provenBy: [check('with quirk fwIdentical=before-download the same image is not even fetched')],
      inverted: inSectionTurn(
        "quirks.fwIdentical === 'before-download'",
        "quirks.fwIdentical === 'after-download'",
      ),
    },
    'write-again': {
      says: 'it is written again and followed by one restart, and never loops.',
      provenBy: [
        check('with quirk fwIdentical=write-again a FORCED image restarts each check once, and never loops'),
      ],
      inverted: mutation('src/phone/check-orders.ts')(
        "quirks.fwIdentical === 'write-again'",
        "quirks.fwIdentical === 'after-download'",
      ),
    },
  },
  languageByDate: {
    no: {
      says: 'under AUTO a language is fetched by VERSION.',
      provenBy: [fileDate('no: a later file of the same version is not even asked for')],
    },
    yes: {
      says: "a stored one is fetched by the file's date where the server tells it.",
      provenBy: [
        fileDate('yes: a later file of the same version is taken'),
        fileDate('yes: an earlier file of a higher version is left, and the version stored'),
      ],
      inverted: inSectionTurn("quirks.languageByDate === 'no'", "quirks.languageByDate === 'yes'"),
    },
  },
  configReboot: {
    'force-reboot': {
      says: 'new settings restart the phone with FORCE_REBOOT YES.',
      provenBy: [
        check(
          'new settings with FORCE_REBOOT YES restart at run time',
          'new settings without FORCE_REBOOT do not',
        ),
      ],
    },
    always: {
      says: 'they restart it always.',
      provenBy: [check('configReboot=always needs no FORCE_REBOOT')],
      inverted: inSettle("configReboot === 'always' || forced", 'forced'),
    },
    never: {
      says: 'they never do.',
      provenBy: [check('configReboot=never beats FORCE_REBOOT YES')],
      inverted: inSettle(" || configReboot === 'never'", ''),
    },
  },
  configRebootAtPowerUp: {
    no: {
      says: 'new settings received at power-up restart nothing.',
      provenBy: [check('new settings with FORCE_REBOOT YES restart at run time')],
    },
    yes: {
      says: 'they restart the phone too, once.',
      provenBy: [check('configRebootAtPowerUp=yes restarts the first boot once')],
      inverted: inSettle("configRebootAtPowerUp === 'no'", "configRebootAtPowerUp === 'yes'"),
    },
  },
  httpsNeedsDeviceCert: {
    tell: {
      says: 'HTTPS without a device certificate goes on, told.',
      provenBy: [address('HTTPS without a device certificate goes on, told')],
    },
    refuse: {
      says: 'it is refused.',
      provenBy: [
        address('with quirk httpsNeedsDeviceCert=refuse nothing is asked for over HTTPS without one'),
      ],
      inverted: mutation('src/phone/obstacle.ts')(
        "httpsNeedsDeviceCert !== 'refuse'",
        "httpsNeedsDeviceCert === 'refuse'",
      ),
    },
  },
  ftpMode: {
    epsv: { says: 'FTP opens its data with EPSV.', provenBy: [wire('FTP opens its data with EPSV')] },
    pasv: {
      says: 'with PASV only.',
      provenBy: [wire('with quirk ftpMode=pasv with PASV')],
      inverted: inWorld('mode: quirks.ftpMode', "mode: 'epsv'"),
    },
    port: {
      says: 'the phone listens, and says so with PORT.',
      provenBy: [wire('with quirk ftpMode=port the phone listens, and says where')],
      inverted: inWorld('mode: quirks.ftpMode', "mode: 'pasv'"),
    },
  },
  ftpSession: {
    file: { says: 'one FTP session a file.', provenBy: [wire('FTP has one session a file')] },
    check: {
      says: 'one for the whole check.',
      provenBy: [wire('with quirk ftpSession=check one a check')],
      inverted: inWorld('session: quirks.ftpSession', "session: 'file'"),
    },
  },
  httpConnection: {
    check: {
      says: 'one HTTP connection a check and server.',
      provenBy: [wire('one HTTP connection a check and server')],
    },
    file: {
      says: 'one a file, with Connection: close.',
      provenBy: [wire('with quirk httpConnection=file one a file')],
      inverted: inWorld('connection: quirks.httpConnection', "connection: 'check'"),
    },
  },
  retryAfter: {
    ignore: {
      says: 'Retry-After of a 503 is ignored.',
      provenBy: [wire('Retry-After is ignored: a busy server is asked again after a second')],
    },
    honour: {
      says: 'it is waited for, at most 60 s.',
      provenBy: [
        wire('with quirk retryAfter=honour it is waited for'),
        proof('test/transport/http-busy.test.ts')('is waited for by a phone that honours it'),
      ],
      inverted: inWorld('retryAfter: quirks.retryAfter', "retryAfter: 'ignore'"),
    },
  },
} as const satisfies Partial<SwitchTable>;
