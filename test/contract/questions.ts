import { mutation, proof, type RuleGroup } from './rule.ts';

const schedule = proof('test/phone/schedule.test.ts');
const notify = proof('test/provisioning/notify-rules.test.ts');
const notified = proof('test/phone/notify.test.ts');
const own = proof('test/contract/questions.test.ts');

const inOffer = mutation('src/phone/offer.chart.ts');
const inImplementations = mutation('src/phone/phone-implementations.ts');
const inNotify = mutation('src/provisioning/notify-rules.ts');
const inManner = mutation('src/provisioning/check-sync-manner.ts');
const inUp = mutation('src/phone/up.chart.ts');

/** Who is asked before a check. */
export const questions: RuleGroup = {
  title: 'Questions before a check, and check-sync',
  rules: [
    {
      id: 'ask-check-for-updates',
      says: 'Check for Updates asks Yes or No first; no key in 60 s is No.',
      provenBy: [
        schedule(
          'Check for Updates asks first > yes',
          'Check for Updates asks first > no',
          'Check for Updates asks first > undefined',
        ),
      ],
      inverted: inUp(
        "question: {\n          target: 'idle',\n          actions: { type: 'record', params: userFacts.answered('check-updates', 'no', 'expiry') },",
        "question: {\n          target: '#life.checking',\n          actions: { type: 'record', params: userFacts.answered('check-updates', 'yes', 'expiry') },",
      ),
    },
    {
      id: 'ask-poll',
      says: 'A poll asks first, in the dialogue: Yes or No for 60 s.',
      quirk: 'poll',
      provenBy: [schedule('idle and no key: the check begins after a minute')],
      inverted: inImplementations("quirks.poll === 'silent'", "quirks.poll === 'dialogue'"),
    },
    {
      id: 'dialogue-yes',
      says: 'Yes begins the check at once, in a call too.',
      provenBy: [
        schedule(
          'the question before a scheduled update > Yes begins it at once',
          'Yes in a call begins the check',
        ),
      ],
      inverted: inOffer(
        "actions: [answered('yes', 'user'), 'beginOffered']",
        "actions: [answered('yes', 'user')]",
      ),
    },
    {
      id: 'dialogue-idle',
      says: 'Idle and no key: the check begins at 60 s.',
      provenBy: [schedule('idle and no key: the check begins after a minute')],
      inverted: inImplementations('question: QUESTION_MS', 'question: QUESTION_MS + 1'),
    },
    {
      id: 'dialogue-in-use',
      says: 'In use and no key is a refusal, and the call goes on.',
      provenBy: [schedule('in a call and no key is a refusal, and the call goes on')],
      inverted: inOffer("guard: stateIn('#line.inCall'),", "guard: stateIn('#line.free'),"),
    },
    {
      id: 'dialogue-again',
      says: 'After No it is asked again 180 s later, three times in all; then the round starts anew 2 h later.',
      provenBy: [schedule('No three times, three minutes apart; then again two hours later')],
      inverted: inImplementations('const OFFER_ROUNDS_MAX = 3', 'const OFFER_ROUNDS_MAX = 4'),
    },
    {
      id: 'dialogue-pauses',
      says: 'The pauses are three minutes between questions and two hours between rounds.',
      provenBy: [schedule('No three times, three minutes apart; then again two hours later')],
      inverted: inImplementations('offerRest: 7_200_000', 'offerRest: 3_600_000'),
    },
    {
      id: 'dialogue-until-a-check',
      says: 'It goes on until a check begins, or the next poll takes its place; a server that fails after consent ends it.',
      provenBy: [
        schedule('the next poll takes the place of one that was refused'),
        own('a server that fails after Yes ends the matter until the next poll'),
      ],
      inverted: inOffer("'update.begun': '.none',", "'update.begun': '.pausing',"),
    },
    {
      id: 'dialogue-manual-check',
      says: 'A check the user begins cancels a question that is shown.',
      provenBy: [schedule('a check the user begins cancels it')],
      inverted: inOffer(
        "return { target: 'none', actions: answered('no', 'cancelled') }",
        "return { actions: answered('no', 'cancelled') }",
      ),
    },
    {
      id: 'dialogue-joined',
      says: 'A second poll or check-sync while the question is shown joins it, told.',
      provenBy: [schedule('check-sync joins a question that is shown')],
      inverted: inOffer(
        'function joined() {\n  return {',
        "function joined() {\n  return {\n    target: 'asking',\n    reenter: true,",
      ),
    },
    {
      id: 'dialogue-anew',
      says: 'Between two questions a new poll or check-sync starts the round anew.',
      provenBy: [own('between two questions a check-sync starts the round anew')],
      inverted: inImplementations('({ offer: { trigger, round: 1 } })', '({ offer: { trigger, round: 2 } })'),
    },
    {
      id: 'check-sync-by-release',
      says: 'What comes before the check of a check-sync depends on the software: below 04.03 a question, in 04.03 nothing, from 04.04 on the dialogue.',
      quirk: 'checkSync',
      provenBy: [
        notify(
          'SIP12x004.02.99.99 takes a check-sync by key',
          'SIP12x004.03.00.00 takes a check-sync by silent',
        ),
        notify('SIP12x004.04.00.00 takes a check-sync by dialogue'),
      ],
      inverted: inManner('major === 4 && minor < 3', 'major === 4 && minor < 2'),
    },
    {
      id: 'check-sync-key',
      says: 'Below 04.03 the question waits for a key without limit.',
      provenBy: [schedule('below 4.3 it waits for a key without limit')],
      inverted: inOffer('waitingForKey: {', "waitingForKey: {\n      after: { question: 'none' },"),
    },
    {
      id: 'check-sync-silent',
      says: 'In 04.03 the check begins at once.',
      provenBy: [schedule('in silence it begins at once')],
      inverted: inImplementations("manner === 'silent'", "manner === 'key'"),
    },
    {
      id: 'notify-remote-check',
      says: 'NOTIFY check-sync begins a check only with REMOTE_CHECK_FOR_UPDATE YES; NO answers 489, as does another event.',
      provenBy: [
        notify('check-sync starts a check', 'REMOTE_CHECK_FOR_UPDATE NO does not know check-sync'),
        notify('another event is not known'),
        notified('with REMOTE_CHECK_FOR_UPDATE NO, as from the factory, it is answered 489'),
      ],
      inverted: inNotify('if (!situation.remoteCheckForUpdate)', 'if (situation.remoteCheckForUpdate)'),
    },
    {
      id: 'notify-logged-out',
      says: 'Logged out it answers 481.',
      provenBy: [
        notify('a phone without a user has nobody to notify', 'logged out goes before a running check'),
      ],
      inverted: inNotify(
        "if (!situation.loggedIn) return { status: 481, outcome: 'ignored', why: 'logged-out' };",
        '',
      ),
    },
    {
      id: 'notify-during-a-check',
      says: 'During a check it answers 200, and the NOTIFY is ignored.',
      provenBy: [notify('a check that runs is enough')],
      inverted: inNotify('if (situation.checkRunning)', 'if (!situation.checkRunning)'),
    },
    {
      id: 'notify-proxy-checking',
      says: 'With PROXY_CHECKING YES a NOTIFY from an address that is no SERVER_IPx_y is dropped, unless the user lets anybody through.',
      provenBy: [
        notify('check-sync starts a check'),
        notify(
          'PROXY_CHECKING YES drops what comes from elsewhere',
          'PROXY_CHECKING YES lets a proxy through',
        ),
        notify('the user may let everybody through'),
      ],
      inverted: inNotify('proxyChecking && !anyAllowed &&', '!anyAllowed &&'),
    },
    {
      id: 'notify-repeated',
      says: 'A NOTIFY that comes again is answered alike and judged once.',
      provenBy: [
        proof('test/network/check-sync.test.ts')('judges a request that comes again once, for 32 s'),
      ],
      inverted: mutation('src/network/sip-transactions.ts')(
        'if (known !== undefined) return known.answer;',
        '',
      ),
    },
  ],
};
