import { assign } from 'xstate';
import type { TransportError } from '../transport/transport.ts';
import * as facts from './check-facts.ts';
import { checkImplementations } from './check-implementations.ts';
import {
  answeredOrder,
  completeOrder,
  eraseOrder,
  markImageOrder,
  planOrder,
  swapImageOrder,
  takeOrder,
} from './check-orders.ts';
import * as turn from './check-turn.ts';
import { flashRefused } from './keep.ts';
import { pendingSettings, settle } from './settle.ts';

/**
 * What is neither a failed transfer nor a failed write is our mistake: it ends the phone and fails the run.
 */
const bug = { actions: 'crash' } as const;

/**
 * A check at work: plan, sections, files, image. Where the user is asked it is left, and comes back.
 * Documented: M44 p54, device and user configuration are taken in file order. Assumed: so are all sections.
 */
export const workChart = checkImplementations.createStateConfig({
  initial: 'fetchingPlan',
  states: {
    fetchingPlan: {
      invoke: {
        src: 'fetchPlan',
        input: ({ context }) => planOrder(context),
        onDone: [
          {
            guard: { type: 'planRefused', params: ({ event }) => event.output },
            target: '#check.finished',
            actions: [
              { type: 'record', params: ({ context, event }) => facts.planRefused(context, event.output) },
              'endWithoutPlan',
            ],
          },
          {
            target: 'deciding',
            actions: assign(({ context, event }) => turn.firstTurn(context, event.output.sections)),
          },
        ],
        onError: [
          {
            guard: 'didNotArrive',
            target: '#check.finished',
            actions: [
              {
                type: 'record',
                params: ({ context, event }) =>
                  facts.transferFailed(context, event.error as TransportError, false),
              },
              'endWithoutPlan',
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
          target: '#check.finished',
          actions: 'endByReset',
        },
        {
          guard: 'noSectionLeft',
          target: '#check.finished',
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
        { guard: 'asksFirst', target: '#check.askingInstall' },
        { target: 'beginningSection' },
      ],
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
      entry: assign(({ context }) => turn.fileTurn(context)),
      always: [
        {
          guard: 'givenUp',
          target: 'deciding',
          actions: [{ type: 'record', params: ({ context }) => facts.sectionFinished(context) }, 'skipRest'],
        },
        {
          guard: 'resetPending',
          target: '#check.finished',
          actions: 'endByReset',
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
            { type: 'record', params: ({ context }) => context.obstacle?.facts ?? [] },
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
            guard: { type: 'asksAboutFile', params: ({ event }) => event.output },
            target: '#check.askingAboutFile',
            actions: { type: 'noteKept', params: ({ event }) => event.output },
          },
          {
            target: 'takingFile',
            actions: [
              { type: 'record', params: ({ context, event }) => facts.fileNotTaken(context, event.output) },
              { type: 'noteKept', params: ({ event }) => event.output },
            ],
          },
        ],
        onError: [
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
    judgingAnswer: {
      invoke: {
        src: 'keepFile',
        input: ({ context }) => answeredOrder(context),
        onDone: {
          target: 'takingFile',
          actions: [
            { type: 'record', params: ({ context, event }) => facts.fileNotTaken(context, event.output) },
            { type: 'noteKept', params: ({ event }) => event.output },
          ],
        },
        onError: bug,
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
            { type: 'noteKept', params: { kept: 'identical' } },
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
          target: '#check.finished',
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
      entry: { type: 'noteKept', params: flashRefused },
      always: 'takingFile',
    },
  },
});
