import { mutation, proof, type RuleGroup } from './rule.ts';

const checks = proof('test/phone/check.test.ts');
const schedule = proof('test/phone/schedule.test.ts');
const dnd = proof('test/phone/dnd.test.ts');
const boot = proof('test/phone/boot.test.ts');
const own = proof('test/contract/check.test.ts');

const inTurn = mutation('src/phone/check-turn.ts');
const inSectionTurn = mutation('src/phone/section-turn.ts');
const inSections = mutation('src/phone/take-sections.ts');
const inUp = mutation('src/phone/up.chart.ts');
const inLife = mutation('src/phone/life.chart.ts');
const inKeep = mutation('src/phone/keep.ts');

/** One check for updates, from its trigger to its last file. */
export const check: RuleGroup = {
  title: 'A check for updates',
  rules: [
    {
      id: 'check-at-power-up',
      says: 'Every start of the software begins a check.',
      provenBy: [boot('a factory phone upgrades, restarts once, takes the rest and logs in')],
      inverted: inLife("{ target: 'checking' },\n        ],", "{ target: 'up' },\n        ],"),
    },
    {
      id: 'check-asked-for-logged-in',
      says: 'Check for Updates works only while a user is logged in; otherwise it is refused and told.',
      provenBy: [dnd('Check for Updates on the login screen is refused')],
      inverted: inUp(
        "'updates.check': {\n          actions: { type: 'record', params: facts.updateRefused('soft-key', 'logged-out') },",
        "'updates.check': {\n          target: '#life.checking',",
      ),
    },
    {
      id: 'check-one-at-a-time',
      says: 'One check at a time: a second trigger during a check is ignored and told.',
      provenBy: [dnd('a second check during a check is ignored and told')],
      inverted: inLife(
        "'updates.check': {\n          actions: { type: 'record', params: facts.updateRefused('soft-key', 'check-running') },",
        "'updates.check': {\n          target: '#checking',\n          reenter: true,\n          actions: { type: 'record', params: facts.updateRefused('soft-key', 'check-running') },",
      ),
    },
    {
      id: 'check-without-server',
      says: 'A phone that knows no provisioning server checks nothing, comes up with what flash holds, and says so.',
      provenBy: [boot('without a server the phone comes up with what flash holds')],
      inverted: mutation('src/phone/phone-implementations.ts')(
        'noServer: ({ context }) => context.unit.setup.server === null',
        'noServer: ({ context }) => context.unit.setup.server !== null',
      ),
    },
    {
      id: 'check-without-provisioning-file',
      says: 'When the provisioning file does not arrive, everything is kept, told, and the check ends.',
      provenBy: [own('a provisioning file that does not arrive ends the check')],
      inverted: mutation('src/phone/check-implementations.ts')(
        "result: 'no-provisioning-file', restart: 'none'",
        "result: 'done', restart: 'none'",
      ),
    },
    {
      id: 'check-file-order',
      says: 'Sections are taken in the order of the file, all of them.',
      provenBy: [own('sections are taken in the order in which they stand')],
      inverted: inTurn(
        'const sections = sectionsToTake(progress, plan);',
        'const sections = sectionsToTake(progress, plan).toReversed();',
      ),
    },
    {
      id: 'check-later-file-wins',
      says: 'Of a parameter in the device and the phone-specific configuration the file that is taken later wins.',
      provenBy: [own('a value of the phone-specific file wins when its section comes last')],
      inverted: inTurn(
        'return turnOf(progress, progress.turn + 1);',
        "return turnOf(progress, progress.turn + (progress.sections[progress.turn + 1]?.name === 'USER_CONFIG' ? 2 : 1));",
      ),
    },
    {
      id: 'prompt-asks',
      says: 'PROMPT YES asks Install or Later before the section is fetched; Install takes it.',
      provenBy: [
        schedule('PROMPT > Install takes the section', 'PROMPT > Later skips it and stores no version'),
      ],
      inverted: inSections("prompt && progress.stage === 'decided'", "prompt && progress.stage === 'agreed'"),
    },
    {
      id: 'prompt-later',
      says: 'Later skips the section and stores no version, so that it is offered again.',
      provenBy: [schedule('PROMPT > Later skips it and stores no version')],
      inverted: mutation('src/phone/check-implementations.ts')("why: 'later'", "why: 'not-newer'"),
    },
    {
      id: 'prompt-expires',
      says: 'No key within 60 s is Later.',
      provenBy: [
        schedule('PROMPT > no key within a minute is Later, with DND on all the while and off after it'),
      ],
      inverted: mutation('src/phone/check-implementations.ts')(
        'question: QUESTION_MS',
        'question: QUESTION_MS * 2',
      ),
    },
    {
      id: 'delete-files-first',
      says: "DELETE_FILES YES in LANGUAGE or TONES erases the stored files of the section's own kind and its version before the fetch.",
      quirk: 'deleteFiles',
      provenBy: [
        checks('DELETE_FILES erases its own kind; with quirk deleteFiles=both languages and tones'),
        checks('DELETE_FILES YES makes room for a sixth'),
      ],
      inverted: inSectionTurn('if (!section.deleteFiles ||', 'if (section.deleteFiles ||'),
    },
    {
      id: 'delete-files-stays',
      says: 'What was erased is erased, also when the fetch then fails; a fact says what is gone.',
      provenBy: [
        checks('what DELETE_FILES erased stays erased when the new file is missing'),
        own('what DELETE_FILES erases is told'),
      ],
      inverted: inSectionTurn("[{ change: 'version-erased' as const, section: kind }]", '[]'),
    },
    {
      id: 'delete-files-elsewhere',
      says: 'DELETE_FILES in another section does nothing, told.',
      provenBy: [
        proof('test/provisioning/provisioning-file.test.ts')('deletes nothing that is no language or tone'),
      ],
      inverted: mutation('src/provisioning/section-keywords.ts')(
        "if (draft.name === 'LANGUAGE' || draft.name === 'TONES') draft.deleteFiles = wanted;",
        'if (wanted) draft.deleteFiles = wanted;',
      ),
    },
    {
      id: 'check-names',
      says: 'USER_CONFIG asks for SIP<MAC>.cfg; in DEV_CERT a * of FILENAME is the MAC.',
      provenBy: [
        proof('test/provisioning/file-name.test.ts')('a star in the name of a device certificate is the MAC'),
        own('the names that are asked for by USER_CONFIG and DEV_CERT'),
      ],
      inverted: inSectionTurn(
        "section.name === 'DEV_CERT' ? names.map((name) => deviceCertificateName(name, mac)) : names",
        'names',
      ),
    },
    {
      id: 'fetch-failed',
      says: 'A file that does not arrive is told, the old one stays, and the next file is fetched.',
      quirk: 'afterFailedFetch',
      provenBy: [
        checks('after a failed file the next section goes on'),
        checks('a file that did not arrive is told with the line that names it'),
      ],
      inverted: inSections("quirks.afterFailedFetch === 'next'", "quirks.afterFailedFetch === 'end'"),
    },
    {
      id: 'fetch-dead-server',
      says: 'A server that did not answer is tried again for each file.',
      quirk: 'deadServer',
      provenBy: [checks('with quirk deadServer=skip a server that did not answer is asked once')],
      inverted: mutation('src/phone/obstacle.ts')(
        "quirks.deadServer !== 'skip'",
        "quirks.deadServer === 'skip'",
      ),
    },
    {
      id: 'file-refused',
      says: 'A file that is refused is told, the old one stays, and the next file is fetched.',
      provenBy: [own('a refused file leaves the old one, and the next is fetched')],
      inverted: inKeep(
        "return verdict.verdict === 'refused' ? refuse(order, verdict) : keepAccepted(order, verdict);",
        "return keepAccepted(order, verdict.verdict === 'refused' ? { verdict: 'accepted', problems: [] } : verdict);",
      ),
    },
    {
      id: 'version-stored',
      says: 'When every file of a section was accepted its VERSION is stored, also a lower one under FORCED.',
      provenBy: [
        checks('AUTO takes what was never completed, and stores VERSION', 'FORCED stores a lower version'),
      ],
      inverted: inSectionTurn(
        'if (!isLastFile(progress) || progress.incomplete) return [];',
        'if (isLastFile(progress) || progress.incomplete) return [];',
      ),
    },
    {
      id: 'version-not-stored',
      says: 'When one of its files is lost the version stays as it was, so that the section is tried again.',
      provenBy: [
        checks('one of two files missing: the other is stored, the version is not'),
        checks('the first of two files missing: the version is not stored either'),
      ],
      inverted: inTurn(
        'sectionError: progress.sectionError ?? error, incomplete: true };',
        'sectionError: progress.sectionError ?? error };',
      ),
    },
    {
      id: 'version-stored-though-full',
      says: 'A file that is refused because five are stored does not keep the version from being stored.',
      quirk: 'fullStoresVersion',
      provenBy: [checks('a sixth language is refused, and the version stored all the same')],
      inverted: inKeep(
        "unit.world.quirks.fullStoresVersion === 'yes'",
        "unit.world.quirks.fullStoresVersion === 'no'",
      ),
    },
    {
      id: 'firmware-written',
      says: 'An accepted image is written; in one write to flash it is whole, it runs, and its version is stored. The phone restarts at once.',
      provenBy: [
        boot('a factory phone upgrades, restarts once, takes the rest and logs in'),
        own('the image, the running load and the stored version change in one write'),
      ],
      inverted: mutation('src/phone/check-orders.ts')("{ change: 'software', software: progress.load },", ''),
    },
    {
      id: 'firmware-ends-the-check',
      says: 'What stands behind a new image waits for the check after the restart.',
      provenBy: [own('what stands behind a new image is asked for after the restart')],
      inverted: inSections(
        "return over(progress, { result: 'reboot', restart: 'firmware' });",
        "return over(progress, { result: 'done', restart: 'none' });",
      ),
    },
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
      id: 'check-limit',
      says: 'A check of more than 7,200 s in all is ended and told.',
      provenBy: [checks('a check that takes longer than two hours in all is ended and told')],
      inverted: mutation('src/provisioning/limits.ts')(
        'CHECK_TOTAL_MS = 7_200_000',
        'CHECK_TOTAL_MS = 7_300_000',
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
