import { assign, enqueueActions, fromPromise, sendParent, setup } from 'xstate';
import type { PhoneEvent } from '../events/phone-event.ts';
import { CHECK_TOTAL_MS } from '../provisioning/limits.ts';
import { TransportError } from '../transport/transport.ts';
import { eraseOrder } from './check-orders.ts';
import {
  type CheckInput,
  type CheckOutput,
  type CheckProgress,
  noSectionLeft,
  sectionInTurn,
  workedUntilNow,
} from './check-progress.ts';
import * as turn from './check-turn.ts';
import { fetchPlan, type Plan, type PlanOrder } from './fetch-plan.ts';
import { type KeepOrder, type Kept, keep } from './keep.ts';
import { disturbs, identicalAsAnnounced } from './section-turn.ts';
import { type TakeOrder, takeFile } from './take-file.ts';
import { QUESTION_MS } from './user-facts.ts';
import { FlashWriteError, type WriteOrder, writeFlash } from './write-flash.ts';

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
    fetchPlan: fromPromise(({ input }: { input: PlanOrder }) => fetchPlan(input)),
    takeFile: fromPromise(({ input }: { input: TakeOrder }) => takeFile(input)),
    keepFile: fromPromise(async ({ input }: { input: KeepOrder }) => keep(input)),
    writeFlash: fromPromise(async ({ input }: { input: WriteOrder }) => writeFlash(input)),
  },
  actions: {
    record: ({ context }, told: PhoneEvent | readonly PhoneEvent[]) => {
      for (const fact of [told].flat()) context.unit.record(fact);
    },
    crash: ({ event }) => {
      throw errorIn(event);
    },
    // A section that is not quiet is due: from here on the update's DND is on, if it was not from the start.
    disturb: enqueueActions(({ context, enqueue }) => {
      if (disturbs(context)) enqueue(sendParent({ type: 'check.disturbs' }));
    }),
    shutDoor: ({ context }) => context.door.shut(),
    nextSection: assign(({ context }) => turn.nextTurn(context)),
    skipRest: assign(({ context }) => turn.noMoreTurns(context)),
    noteKept: assign(({ context }, kept: Kept) => turn.afterKeeping(context, kept)),
    rememberAnswer: assign(({ context }, answer: string) => turn.withAnswer(context, answer)),
    endByReset: assign({ output: { result: 'cut', restart: 'reset' } }),
    endWithoutPlan: assign({ output: { result: 'no-provisioning-file', restart: 'none' } }),
    rememberReset: assign({ resetPending: true }),
    startWork: assign({ workingSince: ({ context }) => context.unit.world.clock.now() }),
    stopWork: assign({ workedMs: ({ context }) => workedUntilNow(context) }),
  },
  guards: {
    noSectionLeft: ({ context }) => noSectionLeft(context),
    asksFirst: ({ context }) => sectionInTurn(context).prompt,
    saysYes: (_, answer: 'yes' | 'no') => answer === 'yes',
    skipped: ({ context }) => context.decision?.action === 'skip',
    erasesFirst: ({ context }) => eraseOrder(context).changes.length > 0,
    noFileLeft: ({ context }) => turn.noFileLeft(context),
    resetPending: ({ context }) => context.resetPending,
    obstructed: ({ context }) => context.obstacle !== undefined,
    givenUp: ({ context }) => context.givenUp,
    identicalAsAnnounced: ({ context }) => identicalAsAnnounced(context),
    didNotArrive: ({ event }) => errorIn(event) instanceof TransportError,
    notWritten: ({ event }) => errorIn(event) instanceof FlashWriteError,
    planRefused: (_, plan: Plan) => plan.refusal !== undefined,
    imageAccepted: (_, kept: Kept) => kept.kept === 'image',
    asksAboutFile: (_, kept: Kept) => kept.kept === 'asks',
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
