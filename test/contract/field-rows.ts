import { mutation, proof, type RuleGroup } from './rule.ts';

const files = proof('test/contract/field-files.test.ts');
const servers = proof('test/contract/field-servers.test.ts');
const users = proof('test/contract/field-users.test.ts');

const inDecision = mutation('src/provisioning/decision.ts');
const inLogin = mutation('src/device/login.ts');

/** What people met in the field, as it is numbered in docs/phone.md. */
export const fieldRows: RuleGroup = {
  title: 'From the field',
  about:
    'The twenty-eight rows of [phone.md](phone.md#from-the-field), by its numbers and sources: what this phone does. The trees are in `fixtures/field/`.',
  rules: [
    {
      id: 'field-1',
      says: 'A file was changed and VERSION was not: AUTO does not fetch it (M44 p52; XV).',
      provenBy: [files('row 1: a file that changed under the same VERSION is not fetched')],
      inverted: inDecision('section.version, stored) > 0', 'section.version, stored) >= 0'),
    },
    {
      id: 'field-2',
      says: 'AUTO does not take newer firmware whose VERSION is digits; FORCED does (WZ).',
      provenBy: [
        files(
          'row 2: firmware whose VERSION is digits > is left under AUTO',
          'row 2: firmware whose VERSION is digits > is taken under FORCED',
        ),
      ],
      inverted: inDecision(
        'offered === undefined || !isOwnFamily(offered)) return false',
        'offered === undefined || !isOwnFamily(offered)) return true',
      ),
    },
    {
      id: 'field-3',
      says: '[FW] FORCED stays in the file: fetched at every check, identical, and never written again (FP). What it can prove: FW identical.',
      quirk: 'fwIdentical',
      provenBy: [
        files('row 3: [FW] FORCED left in the file is fetched at every check, and never written again'),
      ],
      inverted: mutation('src/phone/keep.ts')('verdict.load !== unit.setup.flash.read().software', 'true'),
    },
    {
      id: 'field-4',
      says: 'A [FW] VERSION as a load or the name of its file counts, as digits it does not (WZ, M43 p44, FP).',
      provenBy: [files('row 4: a [FW] VERSION in the form of a')],
      inverted: mutation('src/provisioning/load.ts')(".replace(/\\.bin$/i, '')", ''),
    },
    {
      id: 'field-5',
      says: 'The server has the MAC in small letters, the phone asks in capitals: not found (WZ, SX).',
      provenBy: [files('row 5: the file of a MAC in small letters is not found')],
      inverted: mutation('src/provisioning/file-name.ts')(
        'userConfigName(mac: string): string {',
        'userConfigName(given: string): string {\n  const mac = given.toLowerCase();',
      ),
    },
    {
      id: 'field-6',
      says: 'The file of another model, or that of UNIStim for SIP: not found; each software asks for its own name (FP).',
      provenBy: [
        files('software asks for its own name and no other'),
        files('row 6: the file of UNIStim and that of another model are no use to a 1230 on SIP'),
      ],
      inverted: mutation('src/provisioning/file-name.ts')(
        'return `${model}SIP.cfg`;',
        'return `${model}.cfg`;',
      ),
    },
    {
      id: 'field-7',
      says: 'The files are there, and no TFTP server runs, or one with another root: UNREACHABLE, NOT_FOUND, and the phone comes up (sipXecs, FusionPBX).',
      provenBy: [
        servers('row 7: a TFTP server > that does not run is told as such, and the phone comes up'),
        servers('row 7: a TFTP server > with another root has the file, and the phone does not find it'),
      ],
      inverted: mutation('src/provisioning/section-source.ts')(
        "defaultProtocol === 'tftp' ? 'tftp' : server.protocol",
        "defaultProtocol === 'tftp' ? 'http' : server.protocol",
      ),
    },
    {
      id: 'field-8',
      says: 'Lines of 80 characters and more: 80 bytes are read, 81 end the reading (WZ).',
      provenBy: [files('row 8: a line of')],
      inverted: mutation('src/provisioning/line-spans.ts')(
        'LINE_LENGTH_MAX_BYTES = 80',
        'LINE_LENGTH_MAX_BYTES = 79',
      ),
    },
    {
      id: 'field-9',
      says: '[USER_CONFIG] before [DEVICE_CONFIG]: the common value wins (FP).',
      provenBy: [files('row 9: [USER_CONFIG] before [DEVICE_CONFIG] is overridden by it')],
      inverted: mutation('src/phone/check-turn.ts')(
        'const sections = sectionsToTake(progress, plan);',
        'const sections = sectionsToTake(progress, plan).toReversed();',
      ),
    },
    {
      id: 'field-10',
      says: 'SERVER_IP1_2 0.0.0.0 on 4.1, or a SERVER_IP1_1 that is no address: no login (WZ).',
      provenBy: [
        files(
          'row 10: SERVER_IP1_2 0.0.0.0 on',
          'row 10: a SERVER_IP1_1 that is no address leaves nothing to register with',
        ),
      ],
      inverted: inLogin('?.value === UNSET_ADDRESS) {', "?.value === '') {"),
    },
    {
      id: 'field-11',
      says: 'A licensed feature switched on without a licence: nobody gets in until it is off, under quirk licensing=enforce (FP).',
      quirk: 'licensing',
      provenBy: [
        files('row 11: under quirk licensing=enforce a licensed feature locks the user out until it is off'),
      ],
      inverted: mutation('src/device/licence.ts')(
        'value === undefined || value === unlicensed ?',
        'value === undefined || value !== unlicensed ?',
      ),
    },
    {
      id: 'field-12',
      says: 'A jump over too many releases: with authenticity reject it does not authenticate, and the old image stays (FP, S43 p37).',
      provenBy: [files('row 12: with authenticity reject a newer image is refused, and the old one stays')],
      inverted: mutation('src/device/proof.ts')(
        "if (authenticity !== 'accept') {",
        "if (typeof authenticity !== 'string') {",
      ),
    },
    {
      id: 'field-13',
      says: 'TFTP over a slow link: at a round trip of 75 ms the known image is given up at 600 s, at 74 ms it arrives (M43 p45).',
      provenBy: [servers('row 13: firmware over TFTP at a round trip of')],
      inverted: mutation('src/provisioning/limits.ts')(
        'FIRMWARE_BY_TFTP_TOTAL_MS = 600_000',
        'FIRMWARE_BY_TFTP_TOTAL_MS = 660_000',
      ),
    },
    {
      id: 'field-14',
      says: 'The junk byte in the User-Agent breaks a server that reads ASCII; without it the same server serves (WZ).',
      provenBy: [
        servers('row 14: a server that reads the User-Agent as ASCII > breaks at a phone'),
        servers(
          'row 14: a server that reads the User-Agent as ASCII > serves a phone that sends no junk byte',
        ),
      ],
      inverted: mutation('src/phone/file-order.ts')(
        "setup.userAgentByte === 'seen' ? seenJunkByte(software) : setup.userAgentByte",
        'undefined',
      ),
    },
    {
      id: 'field-15',
      says: 'AUTO_UPDATE_TIME written as hours and minutes: 2200 is 00:36:40 (CG).',
      provenBy: [files('row 15: AUTO_UPDATE_TIME 2200 is 00:36:40 and not 22:00')],
      inverted: mutation('src/phone/schedule.ts')(
        "'AUTO_UPDATE_TIME')) * 1000",
        "'AUTO_UPDATE_TIME')) * 36_000",
      ),
    },
    {
      id: 'field-16',
      says: 'Values typed by hand on used phones hide those of files, until a factory reset (DR, M44 p141).',
      provenBy: [users('row 16: a value typed on a refurbished phone masks the file, until a factory reset')],
      inverted: mutation('src/phone/user-flash.ts')(
        "{ change: 'settings-erased', names: Object.keys(settings) },",
        '',
      ),
    },
    {
      id: 'field-17',
      says: 'A second server with older firmware takes phones back (DR). What it can prove: AUTO does not go back, FORCED does.',
      provenBy: [servers('row 17: a fail-over server with an older image')],
      inverted: inDecision('compareLoads(offered, current) > 0', 'compareLoads(offered, current) !== 0'),
    },
    {
      id: 'field-18',
      says: 'All phones restart at once (FusionPBX; M43 p60). What it can prove: the staggers of a thousand MACs spread over the window.',
      quirk: 'stagger',
      provenBy: [servers('row 18: a thousand phones spread their polls over a window of')],
      inverted: mutation('src/provisioning/stagger.ts')(
        'return (next >>> 16) & 0x7fff;',
        'return (next >>> 16) & 0x0fff;',
      ),
    },
    {
      id: 'field-19',
      says: 'Asking without end after a 401 (FreeSWITCH issue 2640, another make). What it can prove: this phone asks once, or twice with credentials.',
      provenBy: [servers('row 19: a server that answers 401 to a phone')],
      inverted: mutation('src/transport/http-file.ts')(
        'answer.status === 401 && this.#authorization === undefined',
        'answer.status === 407',
      ),
    },
    {
      id: 'field-20',
      says: 'The old login goes on after SIP<MAC>.cfg was removed (M44 p69).',
      provenBy: [files('row 20: old auto-login data is used after SIP<MAC>.cfg is gone')],
      inverted: inLogin(
        "if (user === '') return { login: 'screen'",
        "if (user !== '') return { login: 'screen'",
      ),
    },
    {
      id: 'field-21',
      says: 'An update during a call may restart the phone and drop the call; so does a reset (M44 p45; XV).',
      provenBy: [users('row 21: an update in a call may restart the phone in the call; so does a reset')],
      inverted: mutation('src/phone/line.chart.ts')("'phone.dark': 'free',", ''),
    },
    {
      id: 'field-22',
      says: 'check-sync waits for a key up to 4.1, and is silent in 4.3 (WZ, S43 p12).',
      quirk: 'checkSync',
      provenBy: [users('row 22: check-sync on')],
      inverted: mutation('src/provisioning/check-sync-manner.ts')(
        'major === 4 && minor === 3 ?',
        'major === 4 && minor === 1 ?',
      ),
    },
    {
      id: 'field-23',
      says: 'Lines that are no setting are told and skipped, and the rest is applied (KL). Which names a load knows differs: 4.4.33 rejects two that this phone takes.',
      provenBy: [files('row 23: lines that are no setting are told and skipped, and the rest is applied')],
      inverted: mutation('src/provisioning/configuration.ts')(
        'if (known === undefined) continue;',
        'if (known === undefined) break;',
      ),
    },
    {
      id: 'field-24',
      says: 'A login whose domain is none of SIP_DOMAINx: "unknown domain", no login (KL, KC).',
      provenBy: [files('row 24: an auto-login ID of another domain does not log in')],
      inverted: inLogin('if (number === undefined) {', 'if (number === 0) {'),
    },
    {
      id: 'field-25',
      says: 'New settings restart the phone about half a minute later, at a boot too, under quirks configReboot=always and configRebootAtPowerUp=yes (KL).',
      quirk: 'configReboot',
      provenBy: [
        files('row 25: as that log has it, a new configuration restarts the phone 24 s later, at a boot too'),
      ],
      inverted: mutation('src/provisioning/timings.ts')(
        'configRestartMs: [24_000, 24_000]',
        'configRestartMs: [0, 0]',
      ),
    },
    {
      id: 'field-26',
      says: 'Leading zeros taken out of VERSION while hunting a language that does not load (KC). What it can prove: zeros make nothing newer.',
      provenBy: [
        files('row 26: leading zeros make no VERSION newer or older, and under FORCED none matters'),
      ],
      inverted: mutation('src/provisioning/version.ts')(
        "version.replace(/^0+(?=[0-9])/, '')",
        "version.padEnd(10, '0')",
      ),
    },
    {
      id: 'field-27',
      says: 'Three times No: asked again after two hours; after Yes a dead server ends it until the next trigger (UGA p152).',
      provenBy: [
        users('row 27: No three times, again after two hours; a server that is down after Yes ends it'),
      ],
      inverted: mutation('src/phone/phone-implementations.ts')(
        'offerRest: 7_200_000',
        'offerRest: 3_600_000',
      ),
    },
    {
      id: 'field-28',
      says: 'Only an FTP server, and sections that name no PROTOCOL: nothing arrives, unless quirk defaultProtocol=as-provisioning-file (KC).',
      quirk: 'defaultProtocol',
      provenBy: [servers('row 28: an FTP server alone, with quirk defaultProtocol=')],
      inverted: mutation('src/provisioning/section-source.ts')(
        "quirks.defaultProtocol === 'tftp' ? 'tftp' : server.protocol",
        "'tftp'",
      ),
    },
  ],
};
