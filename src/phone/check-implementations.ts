import { sendParent, setup } from 'xstate';
import type { PhoneEvent } from '../events/phone-event.ts';
import { CHECK_TOTAL_MS } from '../provisioning/limits.ts';
import { assign } from './assign.ts';
import { type CheckInput, type CheckOutput, type CheckProgress, workedUntilNow } from './check-progress.ts';
import * as turn from './check-turn.ts';
import { cutByReset, type Pause, resumedFrom, takeSections, type Worked } from './take-sections.ts';
import { tell } from './told.ts';
import { QUESTION_MS } from './user-facts.ts';
import { fromWork } from './work.ts';

/** What a check can be told while it runs. */
export type CheckCommand =
  | { readonly type: 'check.endAfterFile' }
  | { readonly type: 'question.answer'; readonly answer: 'yes' | 'no' }
  | { readonly type: 'question.enter'; readonly text: string };

/** What the chart of a check names: the invocations, actions, guards and delays behind its words. */
export const checkImplementations = setup({
  types: {
    context: {} as CheckProgress,
    input: {} as CheckInput,
    output: {} as CheckOutput,
    events: {} as CheckCommand,
  },
  actors: {
    takeSections: fromWork((progress: CheckProgress) => takeSections(progress)),
  },
  actions: {
    record: ({ context }, told: PhoneEvent | readonly PhoneEvent[]) => tell(context.unit, told),
    crash: ({ event }) => {
      throw errorIn(event);
    },
    // A section that is not quiet is due: from here on the update's DND is on, if it was not from the start.
    disturb: sendParent({ type: 'check.disturbs' }),
    shutDoor: ({ context }) => context.door.shut(),
    endAfterFile: ({ context }) => context.door.endAfterFile(),
    takeUp: assign(({ context }, worked: Worked) => resumedFrom(worked, context)),
    agree: assign({ stage: 'agreed' }),
    decideLater: assign({ decision: { action: 'skip', why: 'later' } }),
    nextSection: assign(({ context }) => turn.nextTurn(context)),
    rememberAnswer: assign(({ context }, answer: string) => turn.withAnswer(context, answer)),
    endByReset: assign({ output: cutByReset }),
    startWork: assign({ workingSince: ({ context }) => context.unit.world.clock.now() }),
    stopWork: assign({ workedMs: ({ context }) => workedUntilNow(context) }),
  },
  guards: {
    saysYes: (_, answer: 'yes' | 'no') => answer === 'yes',
    pausesFor: (_, [pause, awaited]: [Pause, Pause]) => pause === awaited,
    asksYesOrNo: ({ context }) => context.asked?.question.kind === 'accept-fingerprint',
    asksForText: ({ context }) => context.asked?.question.kind !== 'accept-fingerprint',
  },
  delays: {
    checkTotal: ({ context }) => CHECK_TOTAL_MS - context.workedMs,
    question: QUESTION_MS,
    imageWrite: ({ context }) => context.unit.durations.imageWriteMs,
  },
});

/** The error an invocation ended with; the library's own event, which no type of ours names. */
function errorIn(event: object): unknown {
  return 'error' in event ? event.error : undefined;
}
