import { assign } from 'xstate';
import * as facts from './check-facts.ts';
import { checkImplementations } from './check-implementations.ts';
import { beginCheck } from './check-progress.ts';
import { settle } from './settle.ts';
import { workChart } from './work.chart.ts';

/**
 * One check for updates, from the request for the provisioning file to the last section. It asks for one file
 * after the other, in the order of the provisioning file, and never restarts the phone itself: its output
 * says whether one is due. Its total limit runs while it works, not while it waits for an answer.
 */
export const checkMachine = checkImplementations.createMachine({
  id: 'check',
  context: ({ input }) => beginCheck(input),
  output: ({ context }) => context.output,
  initial: 'working',
  on: { 'check.endAfterFile': { actions: 'rememberReset' } },
  states: {
    working: {
      id: 'working',
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
      ...workChart,
    },
    // Assumed: no key within a minute is Later; a section put off keeps its version and is offered again.
    askingInstall: {
      entry: ['disturb', { type: 'record', params: ({ context }) => facts.installAsked(context) }],
      on: {
        'check.endAfterFile': {
          target: 'finished',
          actions: [{ type: 'record', params: facts.installAnswered('no', 'cancelled') }, 'endByReset'],
        },
        'question.answer': [
          {
            guard: { type: 'saysYes', params: ({ event }) => event.answer },
            target: 'working.beginningSection',
            actions: { type: 'record', params: facts.installAnswered('yes', 'user') },
          },
          {
            target: 'working.puttingOff',
            actions: { type: 'record', params: facts.installAnswered('no', 'user') },
          },
        ],
      },
      after: {
        question: {
          target: 'working.puttingOff',
          actions: { type: 'record', params: facts.installAnswered('no', 'expiry') },
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
          target: 'working.judgingAnswer',
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
          target: 'working.judgingAnswer',
          actions: [
            { type: 'record', params: ({ context }) => facts.fileQuestionAnswered(context, 'typed', 'user') },
            { type: 'rememberAnswer', params: ({ event }) => event.text },
          ],
        },
      },
      after: {
        question: {
          target: 'working.judgingAnswer',
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
