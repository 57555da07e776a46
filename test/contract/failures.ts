import { mutation, proof, type RuleGroup } from './rule.ts';

const check = proof('test/phone/check.test.ts');
const own = proof('test/contract/check.test.ts');
const busy = proof('test/transport/http-busy.test.ts');
const login = proof('test/phone/login.test.ts');
const servers = proof('test/contract/field-servers.test.ts');
const security = proof('test/device/verify-security.test.ts');

/** The failures that the manuals tell of, as they are numbered in docs/phone.md. */
export const failures: RuleGroup = {
  title: 'Failures',
  about:
    'The eighteen failures of [phone.md](phone.md#failures), by its numbers and sources: what this phone does.',
  rules: [
    {
      id: 'failure-1',
      says: 'The server cannot be reached: flash stays as it was, and the phone comes up with it (M44 p54).',
      provenBy: [own('a provisioning file that does not arrive ends the check')],
      inverted: mutation('src/phone/take-up-plan.ts')(
        'if (!(error instanceof TransportError)) throw error;',
        'if (error instanceof TransportError) throw error;',
      ),
    },
    {
      id: 'failure-2',
      says: 'HTTP 503: asked again up to HTTP_RETRY_NUMBER times (5; 0: until the total limit; negative: 5); any other answer ends that (M44 p64).',
      provenBy: [busy('six times has been asked enough', 'then 404 has no such file')],
      inverted: mutation('src/transport/http-file.ts')(
        'if (answer.status === 503) await',
        'if (answer.status >= 404) await',
      ),
    },
    {
      id: 'failure-3',
      says: 'HTTP 404, another error, TFTP "file not found": asked once, and the next file goes on (M44 p64).',
      provenBy: [check('after a failed file the next section goes on'), busy('then 404 has no such file')],
      inverted: mutation('src/phone/check-turn.ts')(
        'fileTurn: progress.fileTurn + 1 };\n}',
        'fileTurn: progress.fileTurn + 1, turn: progress.sections.length };\n}',
      ),
    },
    {
      id: 'failure-4',
      says: 'SIP<MAC>.cfg is missing: what was received before stays in force (M44 p52, p54).',
      provenBy: [login('auto-login data stays in force after the phone-specific file is gone')],
      inverted: mutation('src/device/change-flash.ts')(
        'return { ...flash, versions: { ...flash.versions,',
        'return { ...flash, settings: {}, versions: { ...flash.versions,',
      ),
    },
    {
      id: 'failure-5',
      says: 'Firmware over TFTP is too slow: given up at 600 s (M43 p45).',
      provenBy: [servers('row 13: firmware over TFTP at a round trip of')],
      inverted: mutation('src/provisioning/limits.ts')(
        "protocol === 'tftp' ? FIRMWARE_BY_TFTP_TOTAL_MS : limits",
        "protocol === 'ftp' ? FIRMWARE_BY_TFTP_TOTAL_MS : limits",
      ),
    },
    {
      id: 'failure-6',
      says: 'Flash is full of custom data: the file is refused and told, and nothing stored is lost (IPO).',
      quirk: 'customDataMax',
      provenBy: [
        check('custom data beyond what flash holds is refused, and nothing stored is lost'),
        proof('test/contract/phone.test.ts')('custom data of 512,001 bytes is not'),
      ],
      inverted: mutation('src/phone/keep.ts')(
        "if (room.verdict === 'refused') return refuse(order, room);",
        '',
      ),
    },
    {
      id: 'failure-7',
      says: 'Five languages or tones are stored: the next is refused, unless DELETE_FILES YES makes room (S41 p34).',
      provenBy: [
        check(
          'a sixth language is refused, and the version stored all the same',
          'DELETE_FILES YES makes room for a sixth',
        ),
      ],
      inverted: mutation('src/device/capacity.ts')('stored.length >= FILES_MAX', 'stored.length > FILES_MAX'),
    },
    {
      id: 'failure-8',
      says: 'Firmware does not authenticate: [FW] Authentication Failed is shown, and the old image stays (S41 p30; FP).',
      provenBy: [proof('test/phone/trust.test.ts')('rejected firmware is shown, and the old image stays')],
      inverted: mutation('src/device/verify-firmware.ts')(
        "authentic.verdict === 'refused' ? authentic :",
        "authentic.verdict === 'refused' ? refuse('WRONG_FORMAT', 'no image') :",
      ),
    },
    {
      id: 'failure-9',
      says: 'A line of more than 80 bytes: the rest of that file is ignored, what stood before is used (S41 p30).',
      provenBy: [proof('test/contract/reading.test.ts')('a device configuration with a line of 81 bytes')],
      inverted: mutation('src/provisioning/text-lines.ts')(
        'span.lengthBytes > LINE_LENGTH_MAX_BYTES',
        'span.lengthBytes > 2 * LINE_LENGTH_MAX_BYTES',
      ),
    },
    {
      id: 'failure-10',
      says: 'A banner of 0 or more than 2048 bytes: not taken (M32 p151).',
      provenBy: [
        check(
          'a banner of 2049 bytes is refused',
          'an empty banner is refused',
          'a banner of 2048 bytes is taken',
        ),
      ],
      inverted: mutation('src/device/verify-banner.ts')('file.sizeBytes < 1 ||', 'file.sizeBytes < 0 ||'),
    },
    {
      id: 'failure-11',
      says: 'A security file that is unsigned or signed by somebody else: not taken, the old values stay; PKCS#12 with another profile is rejected (S43 p253, p270; M43 p243).',
      provenBy: [
        security(
          '[SEC_POLICY] > with a root it is refused unsigned',
          '[USER_KEYS] > a second one signed under another root is refused',
        ),
        security('[CTL] > is refused unsigned'),
        proof('test/device/verify-device-certificate.test.ts')(
          'a profile that is set for SCEP refuses it without a question',
        ),
      ],
      inverted: mutation('src/device/verify-customer-file.ts')(
        "section === 'USER_KEYS' && how === NO_CHECK",
        'true',
      ),
    },
    {
      id: 'failure-12',
      says: 'A bad value: told, and the value in force stays, which is the default if none came before (M44 p64).',
      provenBy: [
        proof('test/provisioning/configuration.test.ts')('a bad value is told and skipped'),
        proof('test/provisioning/parameters.test.ts')(
          'the value in force > is the default when nothing is stored',
        ),
      ],
      inverted: mutation('src/provisioning/configuration.ts')(
        "told.tell('BAD_VALUE', { line, message: `${name} is ${found}",
        'void ({ line, message: `${name} is ${found}',
      ),
    },
    {
      id: 'failure-13',
      says: 'A memory error during an automatic update: the phone restarts by RECOVERY_LEVEL, with DND off (M44 p69).',
      provenBy: [
        proof('test/phone/memory-error.test.ts')(
          'during an update it ends the check at once, with DND off and the call lost',
          'an error of memory restarts the phone by RECOVERY_LEVEL',
        ),
      ],
      inverted: mutation('src/phone/phone.machine.ts')(
        "{ type: 'restartFor', params: 'memory-error' },",
        "{ type: 'restartFor', params: 'reset' },",
      ),
    },
    {
      id: 'failure-14',
      says: 'The time server is silent: asked every 15 minutes six times, then hourly (X).',
      provenBy: [
        proof('test/phone/clock.test.ts')(
          'that is silent is asked every quarter of an hour six times, then every hour',
        ),
      ],
      inverted: mutation('src/provisioning/sntp-schedule.ts')('QUARTER_MS : HOUR_MS', 'HOUR_MS : HOUR_MS'),
    },
    {
      id: 'failure-15',
      says: 'A custom key of an unknown type: its section is ignored, and the ECR log has a record (M43 p182).',
      provenBy: [
        proof('test/provisioning/custom-keys.test.ts')(
          'an unknown type is ignored and told, whatever its index',
        ),
        proof('test/report/phone-logs.test.ts')('ECR record: each bad line is one'),
      ],
      inverted: mutation('src/provisioning/custom-keys.ts')(
        'known.find((name) => name === text.toLowerCase())',
        'known.find((name) => name === text.toLowerCase()) ?? known[0]',
      ),
    },
    {
      id: 'failure-16',
      says: 'A licence is missing or for another phone: told; the user stays out under quirk licensing=enforce. The daily message at 01:00 is not emulated (S43 p296).',
      quirk: 'licensing',
      provenBy: [
        proof('test/phone/licence.test.ts')(
          'enforce: the user stays at the login screen, and it is told',
          'ignore: the user gets in, and it is told',
          'enforce, with the licence of another phone',
        ),
      ],
      inverted: mutation('src/device/licence.ts')('macs.length === 0 || macs.includes(mac)', 'true'),
    },
    {
      id: 'failure-17',
      says: 'DEF_LANG names a language that is not stored: the phone speaks English, and lint says so (X).',
      provenBy: [
        proof('test/contract/failures.test.ts')(
          'DEF_LANG of a language that is not stored leaves the panel English',
        ),
        proof('test/lint/rules-of-settings.test.ts')('language, picture and banner that nobody brings'),
      ],
      inverted: mutation('src/lint/judge-settings.ts')(
        "language !== 'English' && !offersLanguage",
        "language === 'English' && !offersLanguage",
      ),
    },
    {
      id: 'failure-18',
      says: 'An update asked for in a call: allowed, warned about, and a restart drops the call (M44 p45).',
      provenBy: [
        proof('test/contract/dnd.test.ts')(
          'a check in a call is allowed and warned about',
          'a check that restarts the phone drops the call',
        ),
      ],
      inverted: mutation('src/phone/line.chart.ts')("'phone.dark': 'free',", ''),
    },
  ],
};
