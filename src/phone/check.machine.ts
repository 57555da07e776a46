import { assign } from './assign.ts';
import * as facts from './check-facts.ts';
import { checkImplementations } from './check-implementations.ts';
import { beginCheck, behindDoor, type CheckProgress } from './check-progress.ts';
import { settle } from './settle.ts';

/**
 * What is neither a failed transfer nor a failed write is our mistake: it ends the phone and fails the run.
 */
const bug = { actions: 'crash' } as const;

/** Assumed: a section put off keeps its version and is offered again. */
const putOff = [
  'decideLater',
  { type: 'record', params: ({ context }: { context: CheckProgress }) => facts.putOff(context) },
  'nextSection',
] as const;

/**
 * One check for updates, from the request for the provisioning file to the last section. It asks for one file
 * after the other, in the order of the provisioning file, and never restarts the phone itself: its output
 * says whether one is due. Its total limit runs while it works, not while it waits for an answer or writes an
 * image.
 */
export const checkMachine = checkImplementations.createMachine({
  id: 'check',
  context: ({ input }) => beginCheck(input),
  output: ({ context }) => context.output,
  initial: 'working',
  on: { 'check.endAfterFile': { actions: 'endAfterFile' } },
  states: {
    working: {
      entry: 'startWork',
      exit: 'stopWork',
      after: {
        checkTotal: {
          target: 'finished',
          actions: [
            'shutDoor',
            { type: 'record', params: ({ context }) => facts.checkTookTooLong(context) },
            assign({ output: ({ context }) => ({ ...settle(context), result: 'cut' }) }),
          ],
        },
      },
      invoke: {
        src: 'takeSections',
        input: ({ context }) => behindDoor(context),
        onDone: [
          {
            guard: { type: 'pausesFor', params: ({ event }) => [event.output.pause, 'disturbs'] },
            target: 'working',
            reenter: true,
            actions: [{ type: 'takeUp', params: ({ event }) => event.output }, 'disturb'],
          },
          {
            guard: { type: 'pausesFor', params: ({ event }) => [event.output.pause, 'asks-install'] },
            target: 'askingInstall',
            actions: { type: 'takeUp', params: ({ event }) => event.output },
          },
          {
            guard: { type: 'pausesFor', params: ({ event }) => [event.output.pause, 'asks-about-file'] },
            target: 'askingAboutFile',
            actions: { type: 'takeUp', params: ({ event }) => event.output },
          },
          {
            guard: { type: 'pausesFor', params: ({ event }) => [event.output.pause, 'writes-image'] },
            target: 'writingImage',
            actions: { type: 'takeUp', params: ({ event }) => event.output },
          },
          { target: 'finished', actions: { type: 'takeUp', params: ({ event }) => event.output } },
        ],
        onError: bug,
      },
    },
    // Half an image is worse than a late check: the total limit does not run meanwhile.
    writingImage: { after: { imageWrite: 'working' } },
    // Assumed: no key within a minute is Later.
    askingInstall: {
      entry: { type: 'record', params: ({ context }) => facts.installAsked(context) },
      on: {
        'check.endAfterFile': {
          target: 'finished',
          actions: [{ type: 'record', params: facts.installAnswered('no', 'cancelled') }, 'endByReset'],
        },
        'question.answer': [
          {
            guard: { type: 'saysYes', params: ({ event }) => event.answer },
            target: 'working',
            actions: [{ type: 'record', params: facts.installAnswered('yes', 'user') }, 'agree'],
          },
          {
            target: 'working',
            actions: [{ type: 'record', params: facts.installAnswered('no', 'user') }, ...putOff],
          },
        ],
      },
      after: {
        question: {
          target: 'working',
          actions: [{ type: 'record', params: facts.installAnswered('no', 'expiry') }, ...putOff],
        },
      },
    },
    // Assumed: a question about a security file is refused by silence within a minute.
    askingAboutFile: {
      entry: { type: 'record', params: ({ context }) => facts.fileQuestionAsked(context) },
      on: {
        'check.endAfterFile': {
          target: 'finished',
          actions: [
            {
              type: 'record',
              params: ({ context }) => facts.fileQuestionAnswered(context, 'no', 'cancelled'),
            },
            'endByReset',
          ],
        },
        'question.answer': {
          guard: 'asksYesOrNo',
          target: 'working',
          actions: [
            {
              type: 'record',
              params: ({ context, event }) => facts.fileQuestionAnswered(context, event.answer, 'user'),
            },
            { type: 'rememberAnswer', params: ({ event }) => event.answer },
          ],
        },
        'question.enter': {
          guard: 'asksForText',
          target: 'working',
          actions: [
            { type: 'record', params: ({ context }) => facts.fileQuestionAnswered(context, 'typed', 'user') },
            { type: 'rememberAnswer', params: ({ event }) => event.text },
          ],
        },
      },
      after: {
        question: {
          target: 'working',
          actions: {
            type: 'record',
            params: ({ context }) => facts.fileQuestionAnswered(context, 'no', 'expiry'),
          },
        },
      },
    },
    finished: { type: 'final' },
  },
});
