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

/** One check for updates, from its trigger to its last section. */
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
        'Check for Updates works logged out',
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
        'noServer: ({ context }) => serverOf(context.unit) === null',
        'noServer: ({ context }) => serverOf(context.unit) !== null',
      ),
    },
    {
      id: 'check-without-provisioning-file',
      says: 'When the provisioning file does not arrive, everything is kept, told, and the check ends.',
      provenBy: [own('a provisioning file that does not arrive ends the check')],
      inverted: mutation('src/phone/take-up-plan.ts')(
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
      inverted: [
        mutation('src/phone/check-implementations.ts')('question: QUESTION_MS', 'question: QUESTION_MS * 2'),
        mutation('src/phone/check.machine.ts')(
          "facts.installAnswered('no', 'expiry') }, ...putOff]",
          "facts.installAnswered('yes', 'expiry') }, 'agree']",
          'PROMPT that nobody answers installs',
        ),
      ],
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
      id: 'check-limit-not-for-questions',
      says: 'That limit counts the work before and after questions, and not the time a question is on the screen.',
      provenBy: [
        own('the limit of a check goes on after a question where it stood before'),
        proof('test/phone/questions.test.ts')(
          'the time a question is on the screen does not count towards the limit of a check',
        ),
      ],
      inverted: mutation('src/phone/check.machine.ts')("exit: 'stopWork',", ''),
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
  ],
};
