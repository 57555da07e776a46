import { mutation, proof, type RuleGroup } from './rule.ts';

const schedule = proof('test/phone/schedule.test.ts');
const nextPoll = proof('test/provisioning/next-poll.test.ts');
const parameters = proof('test/provisioning/parameters.test.ts');
const clock = proof('test/phone/clock.test.ts');
const silence = proof('test/provisioning/sntp-schedule.test.ts');
const userFiles = proof('test/phone/user-files.test.ts');

const inSchedule = mutation('src/phone/schedule.ts');
const inChart = mutation('src/phone/schedule.chart.ts');
const inNextPoll = mutation('src/provisioning/next-poll.ts');
const inLocalTime = mutation('src/provisioning/local-time.ts');
const inStagger = mutation('src/provisioning/stagger.ts');
const inTime = mutation('src/phone/time-keeping.ts');

/** The daily poll, and the clock it goes by. */
export const poll: RuleGroup = {
  title: 'The daily poll and the clock',
  rules: [
    {
      id: 'poll-off-by-default',
      says: 'A phone polls only once a file says AUTO_UPDATE YES.',
      provenBy: [
        schedule('with AUTO_UPDATE NO there is none, and the outcome says so'),
        proof('test/contract/defaults.test.ts')('a phone that no file told to poll does not poll'),
      ],
      inverted: [
        inSchedule(
          "settingOf(settings, 'AUTO_UPDATE') !== 'YES'",
          "settingOf(settings, 'AUTO_UPDATE') === ''",
        ),
        mutation('src/provisioning/parameter-table-provisioning.ts')(
          "name: 'AUTO_UPDATE',\n    type: yesNo,\n    default: 'NO',",
          "name: 'AUTO_UPDATE',\n    type: yesNo,\n    default: 'YES',",
          'AUTO_UPDATE is YES by default',
        ),
      ],
    },
    {
      id: 'poll-once-a-day',
      says: 'With AUTO_UPDATE YES it polls once for every local date at whose instant it is up with a valid clock.',
      provenBy: [
        schedule("a phone's week holds seven polls"),
        nextPoll('over four years every day has exactly one poll, whatever zone and time'),
      ],
      inverted: [
        inNextPoll('atMs > nowMs && !wasPolled(day)', 'atMs > nowMs + DAY_MS && !wasPolled(day)'),
        inNextPoll(
          'return { day, atMs };',
          `return { day, atMs };
    const longerMs = midnightOf(plan.zone, day + 1) - midnightOf(plan.zone, day) - DAY_MS;
    if (longerMs > 0 && atMs + longerMs > nowMs) return { day, atMs: atMs + longerMs };`,
          'the autumn day is polled twice',
        ),
        inNextPoll(
          'if (atMs > nowMs',
          'if (midnightOf(plan.zone, day + 1) - midnightOf(plan.zone, day) >= DAY_MS && atMs > nowMs',
          'the spring day is not polled',
        ),
      ],
    },
    {
      id: 'poll-told',
      says: 'At the end of every boot and check it says when the next poll is, or why there is none.',
      provenBy: [
        schedule(
          'the outcome says when the next one is',
          'with AUTO_UPDATE NO there is none, and the outcome says so',
        ),
      ],
      inverted: mutation('src/phone/up.chart.ts')("entry: ['tellPoll', ", 'entry: ['),
    },
    {
      id: 'poll-waited-for-in-vain',
      says: 'A story that waits for the poll of a phone that does not poll ends at once, and says why.',
      provenBy: [
        proof('test/scenario/follow-phone.test.ts')(
          'a story that waits for a poll of a phone that does not poll ends at once',
        ),
      ],
      inverted: mutation('src/scenario/follow-phone.ts')(
        'if (noPollBecause !== undefined) return { noPollBecause };',
        '',
      ),
    },
    {
      id: 'poll-elapsed-seconds',
      says: "A poll's instant is local midnight and AUTO_UPDATE_TIME and the stagger in elapsed seconds, also across a change of the clocks.",
      provenBy: [
        nextPoll(
          'on the spring day 3 h after midnight is 4 o',
          'on the autumn day 3 h after midnight is 2 o',
        ),
      ],
      inverted: inNextPoll(
        'const atMs = midnightOf(plan.zone, day) + plan.afterMidnightMs;',
        "const atMs = midnightOf({ ...plan.zone, daylightSaving: 'none' }, day) + plan.afterMidnightMs;",
      ),
    },
    {
      id: 'poll-belongs-to-its-midnight',
      says: 'It belongs to the date whose midnight it counts from, even when its instant lies on the next date.',
      provenBy: [nextPoll('an instant that lies on the next date still belongs to the day it counts from')],
      inverted: inNextPoll('return { day, atMs };', 'return { day: dayAt(plan.zone, atMs), atMs };'),
    },
    {
      id: 'poll-never-twice',
      says: 'No date is polled twice, whatever the clock does.',
      provenBy: [
        schedule('a clock set back does not poll a date twice, and set on does not skip more than it jumped'),
        nextPoll('tomorrow when today was polled', 'days are remembered exactly, in few spans'),
      ],
      inverted: inNextPoll('atMs > nowMs && !wasPolled(day)', 'atMs > nowMs'),
    },
    {
      id: 'poll-instant-lost',
      says: 'An instant that passes while the phone is off, restarting, without clock or with AUTO_UPDATE NO is lost.',
      provenBy: [
        schedule('an instant that passes without power is lost'),
        nextPoll('next poll > tomorrow at the instant itself'),
        clock('no poll comes, and instants that pass are lost'),
      ],
      inverted: inNextPoll('if (atMs > nowMs &&', 'if (atMs > nowMs - DAY_MS &&'),
    },
    {
      id: 'poll-during-a-check',
      says: 'An instant that comes during a check is lost.',
      provenBy: [proof('test/contract/poll.test.ts')('a poll whose instant comes during a check is lost')],
      inverted: inChart("guard: stateIn('#life.checking'),", "guard: stateIn('#life.bootLoader'),"),
    },
    {
      id: 'poll-settings-at-the-end',
      says: 'A changed time or range counts from the end of the check that brought it: today if the new instant is ahead and today was not polled, else tomorrow.',
      provenBy: [schedule('a setting received in a check moves the poll of the same day')],
      inverted: mutation('src/phone/up.chart.ts')(", raise({ type: 'schedule.renew' })],", '],'),
    },
    {
      id: 'poll-time-range',
      says: 'AUTO_UPDATE_TIME is 0 to 86399, AUTO_UPDATE_TIME_RANGE 1 to 6 hours; anything else is a bad value.',
      provenBy: [parameters('a bad value > AUTO_UPDATE_TIME', 'a legal value > AUTO_UPDATE_TIME')],
      inverted: mutation('src/provisioning/parameter-table-provisioning.ts')(
        'integer(0, 86_399)',
        'integer(0, 86_400)',
      ),
    },
    {
      id: 'poll-logged-out',
      says: 'A poll runs logged out too.',
      provenBy: [proof('test/contract/poll.test.ts')('a poll runs on the login screen too')],
      inverted: mutation('src/phone/up.chart.ts')(
        "target: '#life.checking',\n        actions: { type: 'askedBy', params: ({ event }) => event.trigger },",
        "guard: 'loggedIn',\n        target: '#life.checking',\n        actions: { type: 'askedBy', params: ({ event }) => event.trigger },",
      ),
    },
    {
      id: 'poll-stagger',
      says: "The stagger is one draw per phone, the same every day and after every restart: the low 32 bits of the MAC seed ANSI C's generator, in whole minutes of the range.",
      quirk: 'stagger',
      provenBy: [
        nextPoll('the one phone whose log is known: seed 5B52998E draws 24264 and polls after 44 minutes'),
        nextPoll('lcg-minutes: a thousand phones in a row spread over the window'),
      ],
      inverted: [
        inStagger('mac.slice(-8)', 'mac.slice(0, 8)'),
        inStagger(
          'const draw = drawOf(mac);',
          `const again = (staggerMs as { times?: number }).times ?? 1;
  (staggerMs as { times?: number }).times = again + 1;
  const draw = (drawOf(mac) + again * 1_000) % DRAW_LIMIT;`,
          'the stagger is drawn again each time',
        ),
      ],
    },
    {
      id: 'time-zone',
      says: 'Local time is TIMEZONE_OFFSET and, with DST_ENABLED YES, an hour more by the North American rules of 2007.',
      provenBy: [
        nextPoll('it agrees with the time zone database on New York, hour by hour over six years'),
        schedule('it polls once'),
      ],
      inverted: inLocalTime('sundayOf(year, 2, 2) + 2 * HOUR_MS', 'sundayOf(year, 3, 1) + 2 * HOUR_MS'),
    },
    {
      id: 'time-zone-of-the-profile',
      says: "With FORCE_TIME_ZONE NO the offset of the user's profile counts, where there is one.",
      provenBy: [userFiles('with FORCE_TIME_ZONE NO a poll goes by the time zone in the user')],
      inverted: inLocalTime("'FORCE_TIME_ZONE') === 'YES'", "'FORCE_TIME_ZONE') === 'NO'"),
    },
    {
      id: 'clock-assumed',
      says: 'With SNTP_ENABLE NO the clock is taken to be right, told once.',
      quirk: 'clock',
      provenBy: [
        clock('is not asked with SNTP_ENABLE NO: the clock is taken to be right, told once'),
        schedule("a phone's week holds seven polls"),
      ],
      inverted: inTime("clockSetBy !== 'nobody' || !asksForTime(unit)", "clockSetBy !== 'nobody'"),
    },
    {
      id: 'clock-by-sntp',
      says: 'With SNTP_ENABLE YES the time server is asked once the phone is up, and sets its clock before the next poll is told; without the time no poll comes.',
      provenBy: [
        clock('is asked once the phone is up, and sets its clock before the next poll is told'),
        clock('moves the poll as it moves the clock: both by the clock of the phone'),
        clock('no poll comes, and instants that pass are lost'),
      ],
      inverted: inTime('clockAheadMs: Math.round(told.offsetMs), ', ''),
    },
    {
      id: 'clock-sntp-again',
      says: 'The time server is asked once a day while it answers; a silent one every 15 minutes six times, then every hour.',
      provenBy: [
        clock('is asked once a day while it answers'),
        clock('that is silent is asked every quarter of an hour six times, then every hour'),
        silence('six times a quarter of an hour in all', 'hourly'),
      ],
      inverted: mutation('src/provisioning/sntp-schedule.ts')('QUARTERLY_MAX = 6', 'QUARTERLY_MAX = 5'),
    },
    {
      id: 'clock-lost-with-power',
      says: 'The clock has no battery: loss of power takes it, a restart does not.',
      provenBy: [clock('loss of power takes it, a restart does not')],
      inverted: mutation('src/phone/phone-progress.ts')("clockAheadMs: 0,\n  clockSetBy: 'nobody',", ''),
    },
  ],
};
