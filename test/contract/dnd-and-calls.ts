import { mutation, proof, type RuleGroup } from './rule.ts';

const dnd = proof('test/phone/dnd.test.ts');
const schedule = proof('test/phone/schedule.test.ts');
const lcd = proof('test/display/lcd.test.ts');
const own = proof('test/contract/dnd.test.ts');

const inLife = mutation('src/phone/life.chart.ts');
const inProgress = mutation('src/phone/phone-progress.ts');
const inLine = mutation('src/phone/line.chart.ts');

/** The way out of a check with DND left on where this is so of what it came to. */
const dndStaysOn = (so: string) =>
  `exit: {
    type: 'record',
    params: ({ event }) => {
      const { result, restart } = event.output ?? {};
      return ${so} ? [] : { type: 'dnd.disabled', by: 'update' };
    },
  },`;

/** Do Not Disturb, and calls meanwhile. */
export const dndAndCalls: RuleGroup = {
  title: 'Do Not Disturb and calls',
  rules: [
    {
      id: 'dnd-during-a-check',
      says: 'DND is on from the first request of a run-time check to its end, questions included.',
      provenBy: [
        dnd('DND is on from the start of a check a user asks for to its end'),
        schedule('no key within a minute is Later, with DND on all the while and off after it'),
      ],
      inverted: inLife("guard: 'dndFromTheStart', target: 'on'", "guard: 'dndFromTheStart', target: 'off'"),
    },
    {
      id: 'dnd-off-after-every-end',
      says: 'However a check ends - done, nothing due, failed, restart, loss of power, reset - DND goes off with it.',
      provenBy: [
        own('DND is off at rest, whatever happened'),
        proof('test/phone/check.test.ts')(
          'restarts the phone, DND goes off with it',
          'a restart for new settings comes 24 seconds after the check, with DND off meanwhile',
        ),
      ],
      inverted: [
        inLife("exit: { type: 'record', params: { type: 'dnd.disabled', by: 'update' } },", ''),
        inLife(
          "exit: { type: 'record', params: { type: 'dnd.disabled', by: 'update' } },",
          dndStaysOn("result === 'no-provisioning-file'"),
          'Do Not Disturb stays on after a check that failed',
        ),
        inLife(
          "exit: { type: 'record', params: { type: 'dnd.disabled', by: 'update' } },",
          dndStaysOn("restart !== 'none'"),
          'Do Not Disturb stays on during a restart',
        ),
      ],
    },
    {
      id: 'dnd-two-flags',
      says: "The update's DND and the user's are two flags; shown and answered is their or, and the user's is given back.",
      provenBy: [
        dnd("the user's own DND is still on after a check, and after loss of power"),
        lcd("still on by the user's own when the update ends"),
      ],
      inverted: [
        mutation('src/display/dnd.ts')('return flags.update || flags.user;', 'return flags.update;'),
        mutation('src/display/dnd.ts')(
          'return { ...flags, [event.by]: false };',
          'return dndOff;',
          "an update takes the user's own Do Not Disturb with it",
        ),
      ],
    },
    {
      id: 'dnd-set-during-a-check',
      says: 'What the user sets during a check holds after it.',
      provenBy: [dnd('what the user sets during a check holds after it')],
      inverted: mutation('src/phone/user-flash.ts')(
        "if (!commit(unit, [{ change: 'user-dnd', on }])) return;",
        '',
      ),
    },
    {
      id: 'dnd-not-at-power-up',
      says: 'The check at power-up does not turn it on.',
      quirk: 'dndAtPowerUp',
      provenBy: [dnd('DND is on from the start of a check a user asks for to its end')],
      inverted: inProgress("return dndAtPowerUp === 'yes';", "return dndAtPowerUp === 'no';"),
    },
    {
      id: 'dnd-quiet-sections',
      says: 'From 4.3 on a check-sync check turns DND on only when a section other than LANGUAGE and DIALING_PLAN is due.',
      quirk: 'quietSections',
      provenBy: [
        schedule(
          'from 4.3 on a dialing plan alone leaves DND off',
          'an image turns it on',
          'below 4.3 it is on from the start',
        ),
      ],
      inverted: mutation('src/phone/section-turn.ts')(
        "&& name !== 'LANGUAGE' && name !== 'DIALING_PLAN'",
        '',
      ),
    },
    {
      id: 'dnd-off-while-asked',
      says: 'While the question before an update is on the screen DND is off.',
      provenBy: [schedule('DND is off while it is shown, and after the check')],
      inverted: mutation('src/phone/offer.chart.ts')(
        "    asking: {\n      tags: 'asking',\n      entry: {",
        "    asking: {\n      tags: 'asking',\n      exit: { type: 'record', params: { type: 'dnd.enabled', by: 'update' } },\n      entry: {",
      ),
    },
    {
      id: 'call-busy-during-a-check',
      says: 'During a check an incoming call is answered busy; one that was up goes on.',
      provenBy: [schedule('an incoming call during a check is answered busy, one that was up goes on')],
      inverted: inLine(
        "guard: or([stateIn('#updateDnd'), 'userDnd']),\n            actions: { type: 'record', params: userFacts.callRefused('incoming', 'dnd') },\n          },\n          {\n            target",
        "guard: 'userDnd',\n            actions: { type: 'record', params: userFacts.callRefused('incoming', 'dnd') },\n          },\n          {\n            target",
      ),
    },
    {
      id: 'call-busy-by-the-user',
      says: "With the user's own DND callers hear busy.",
      provenBy: [schedule("with the user's own DND callers hear busy")],
      inverted: mutation('src/phone/phone-implementations.ts')(
        'userDnd: ({ context }) => context.unit.setup.flash.read().userDnd',
        'userDnd: ({ context }) => !context.unit.setup.flash.read().userDnd',
      ),
    },
    {
      id: 'call-outgoing-during-a-check',
      says: 'Outgoing calls work during a check.',
      provenBy: [own('an outgoing call during a check')],
      inverted: inLine(
        "target: 'inCall',\n            actions: { type: 'record', params: { type: 'call.started', direction: 'outgoing' } },",
        "guard: { type: 'saysYes', params: 'no' },\n            target: 'inCall',\n            actions: { type: 'record', params: { type: 'call.started', direction: 'outgoing' } },",
      ),
    },
    {
      id: 'call-busy-at-the-banner',
      says: 'While the login banner is shown callers hear busy; OK ends it, then idle.',
      provenBy: [own('while the login banner is shown callers hear busy')],
      inverted: inLine(
        "guard: stateIn('#banner'),\n            actions: { type: 'record', params: userFacts.callRefused('incoming', 'banner') },",
        "guard: { type: 'saysYes', params: 'no' },\n            actions: { type: 'record', params: userFacts.callRefused('incoming', 'banner') },",
      ),
    },
    {
      id: 'check-in-a-call',
      says: 'Check for Updates in a call is allowed and warned about.',
      provenBy: [own('a check in a call is allowed and warned about')],
      inverted: inLine("'update.begun': { actions: { type: 'record', params: userFacts.checkInCall } },", ''),
    },
    {
      id: 'call-dropped-by-a-restart',
      says: 'A restart and loss of power drop the call.',
      provenBy: [
        schedule('loss of power and a restart drop the call'),
        own('a check that restarts the phone drops the call'),
      ],
      inverted: mutation('src/phone/user-facts.ts')(
        "event.type === 'call.end' ? 'call.ended' : 'call.dropped'",
        "'call.ended'",
      ),
    },
    {
      id: 'reset-during-a-check',
      says: 'A reset during a check waits for the running file, then cuts the check like loss of power.',
      provenBy: [dnd('a reset during a check cuts it after the running file')],
      inverted: inLife(
        "'phone.reset': { actions: { type: 'tellCheck', params: { type: 'check.endAfterFile' } } },",
        '',
      ),
    },
  ],
};
