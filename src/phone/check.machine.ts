import { assign } from 'xstate';
import type { TransportError } from '../transport/transport.ts';
import * as facts from './check-facts.ts';
import { checkImplementations } from './check-implementations.ts';
import {
  completeOrder,
  eraseOrder,
  markImageOrder,
  planOrder,
  swapImageOrder,
  takeOrder,
} from './check-orders.ts';
import { beginCheck } from './check-progress.ts';
import * as turn from './check-turn.ts';
import { flashRefused } from './keep.ts';
import { pendingSettings, settle } from './settle.ts';

/**
 * What is neither a failed transfer nor a failed write is our mistake: it ends the phone and fails the run.
 */
const bug = { actions: 'crash' } as const;

/**
 * One check for updates, from the request for the provisioning file to the last section. It asks for one file
 * after the other, in the order of the provisioning file, and never restarts the phone itself: its output
 * says whether one is due.
 */
export const checkMachine = checkImplementations.createMachine({
  id: 'check',
  context: ({ input }) => beginCheck(input),
  output: ({ context }) => context.output,
  initial: 'fetchingPlan',
  after: {
    checkTotal: {
      target: '.finished',
      actions: [
        'shutDoor',
        { type: 'record', params: ({ context }) => facts.checkTookTooLong(context) },
        assign({ output: ({ context }) => ({ ...settle(context), result: 'cut' }) }),
      ],
    },
  },
  on: { 'check.endAfterFile': { actions: 'rememberReset' } },
  states: {
    fetchingPlan: {
      invoke: {
        src: 'fetchPlan',
        input: ({ context }) => planOrder(context),
        onDone: {
          target: 'deciding',
          actions: assign(({ context, event }) => turn.firstTurn(context, event.output)),
        },
        onError: [
          {
            guard: 'didNotArrive',
            target: 'finished',
            actions: [
              {
                type: 'record',
                params: ({ context, event }) =>
                  facts.transferFailed(context, event.error as TransportError, false),
              },
              assign({ output: { result: 'no-provisioning-file', restart: 'none' } }),
            ],
          },
          bug,
        ],
      },
    },
    deciding: {
      always: [
        {
          guard: 'resetPending',
          target: 'finished',
          actions: assign({ output: { result: 'cut', restart: 'reset' } }),
        },
        {
          guard: 'noSectionLeft',
          target: 'finished',
          actions: [
            { type: 'record', params: ({ context }) => pendingSettings(context) },
            assign({ output: ({ context }) => settle(context) }),
          ],
        },
        {
          guard: 'skipped',
          target: 'deciding',
          reenter: true,
          actions: [{ type: 'record', params: ({ context }) => facts.skipDecided(context) }, 'nextSection'],
        },
        { guard: 'asksFirst', target: 'askingInstall' },
        { target: 'beginningSection' },
      ],
    },
    // Assumed: no key within a minute is Later; a section put off keeps its version and is offered again.
    askingInstall: {
      entry: ['disturb', { type: 'record', params: ({ context }) => facts.installAsked(context) }],
      on: {
        'check.endAfterFile': {
          target: 'finished',
          actions: [
            { type: 'record', params: facts.installAnswered('no', 'cancelled') },
            assign({ output: { result: 'cut', restart: 'reset' } }),
          ],
        },
        'question.answer': [
          {
            guard: { type: 'saysYes', params: ({ event }) => event.answer },
            target: 'beginningSection',
            actions: { type: 'record', params: facts.installAnswered('yes', 'user') },
          },
          {
            target: 'puttingOff',
            actions: { type: 'record', params: facts.installAnswered('no', 'user') },
          },
        ],
      },
      after: {
        question: {
          target: 'puttingOff',
          actions: { type: 'record', params: facts.installAnswered('no', 'expiry') },
        },
      },
    },
    puttingOff: {
      entry: assign({ decision: { action: 'skip', why: 'later' } }),
      always: {
        target: 'deciding',
        actions: [{ type: 'record', params: ({ context }) => facts.putOff(context) }, 'nextSection'],
      },
    },
    beginningSection: {
      entry: ['disturb', { type: 'record', params: ({ context }) => facts.downloadDecided(context) }],
      always: [{ guard: 'erasesFirst', target: 'erasing' }, { target: 'takingFile' }],
    },
    erasing: {
      invoke: {
        src: 'writeFlash',
        input: ({ context }) => eraseOrder(context),
        onDone: 'takingFile',
        onError: [{ guard: 'notWritten', target: 'losingSection' }, bug],
      },
    },
    takingFile: {
      always: [
        {
          guard: 'resetPending',
          target: 'finished',
          actions: assign({ output: { result: 'cut', restart: 'reset' } }),
        },
        {
          guard: 'noFileLeft',
          target: 'deciding',
          actions: [
            { type: 'record', params: ({ context }) => facts.sectionFinished(context) },
            'nextSection',
          ],
        },
        { guard: 'identicalAsAnnounced', target: 'completing' },
        {
          guard: 'obstructed',
          target: 'takingFile',
          reenter: true,
          actions: [
            { type: 'record', params: ({ context }) => turn.obstacleFacts(context) },
            assign(({ context }) => turn.afterObstacle(context)),
          ],
        },
        { target: 'fetching' },
      ],
    },
    fetching: {
      invoke: {
        src: 'takeFile',
        input: ({ context }) => takeOrder(context),
        onDone: [
          {
            guard: { type: 'imageAccepted', params: ({ event }) => event.output },
            target: 'markingImage',
            actions: assign({ load: ({ event }) => turn.acceptedLoad(event.output) }),
          },
          {
            target: 'takingFile',
            actions: [
              {
                type: 'record',
                params: ({ context, event }) => facts.fileNotTaken(context, event.output),
              },
              assign(({ context, event }) => turn.afterKeeping(context, event.output)),
            ],
          },
        ],
        onError: [
          {
            guard: 'endsWithFailure',
            target: 'deciding',
            actions: [
              {
                type: 'record',
                params: ({ context, event }) =>
                  facts.transferFailed(context, event.error as TransportError, true),
              },
              assign(({ context, event }) =>
                turn.afterFailedTransfer(context, event.error as TransportError),
              ),
              { type: 'record', params: ({ context }) => facts.sectionFinished(context) },
              'skipRest',
            ],
          },
          {
            guard: 'didNotArrive',
            target: 'takingFile',
            actions: [
              {
                type: 'record',
                params: ({ context, event }) =>
                  facts.transferFailed(context, event.error as TransportError, true),
              },
              assign(({ context, event }) =>
                turn.afterFailedTransfer(context, event.error as TransportError),
              ),
            ],
          },
          bug,
        ],
      },
    },
    completing: {
      invoke: {
        src: 'writeFlash',
        input: ({ context }) => completeOrder(context),
        onDone: {
          target: 'takingFile',
          actions: [
            { type: 'record', params: ({ context }) => facts.imageIdenticalUnfetched(context) },
            assign(({ context }) => turn.afterKeeping(context, { kept: 'identical' })),
          ],
        },
        onError: [{ guard: 'notWritten', target: 'losingFile' }, bug],
      },
    },
    markingImage: {
      invoke: {
        src: 'writeFlash',
        input: ({ context }) => markImageOrder(context),
        onDone: 'writingImage',
        onError: [{ guard: 'notWritten', target: 'losingFile' }, bug],
      },
    },
    writingImage: {
      entry: { type: 'record', params: ({ context }) => facts.imageWriting(context) },
      after: { imageWrite: 'swappingImage' },
    },
    swappingImage: {
      invoke: {
        src: 'writeFlash',
        input: ({ context }) => swapImageOrder(context),
        onDone: {
          target: 'finished',
          actions: [
            { type: 'record', params: ({ context }) => facts.imageWritten(context) },
            assign({ output: { result: 'reboot', restart: 'firmware' } }),
          ],
        },
        onError: [{ guard: 'notWritten', target: 'losingFile' }, bug],
      },
    },
    // Nothing could be erased: the section is left as it is, and offered again.
    losingSection: {
      entry: assign(({ context }) => turn.withError(context, 'FLASH')),
      always: {
        target: 'deciding',
        actions: [{ type: 'record', params: ({ context }) => facts.sectionFinished(context) }, 'nextSection'],
      },
    },
    losingFile: {
      entry: assign(({ context }) => turn.afterKeeping(context, flashRefused)),
      always: 'takingFile',
    },
    finished: { type: 'final' },
  },
});
