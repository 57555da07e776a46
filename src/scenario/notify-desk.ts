import {
  listenForNotify,
  type NotifyAnswer,
  type NotifyListener,
  type SipNote,
} from '../network/check-sync.ts';
import type { Phone } from '../phone/phone-maker.ts';
import { problem } from '../provisioning/problem-codes.ts';
import { quote } from '../provisioning/quote.ts';
import type { RunningWorld } from './world.ts';

/** Where a phone listens for SIP. */
export interface NotifyPlace {
  /** One of this machine, numeric. */
  readonly address: string;
  /** 0: any free one. */
  readonly port: number;
}

/** What else comes to that port is told so often in a run, for whoever sends more is no proxy. */
const NOTES_MAX = 20;

/**
 * Opens a phone's port for SIP NOTIFY: what comes is handed to the phone, and answered as it says. A phone
 * that is dark answers nothing. Rejects when the port cannot be had.
 */
export function openNotifyDesk(
  { journal, clock, world }: RunningWorld,
  phone: Phone,
  { address, port }: NotifyPlace,
): Promise<NotifyListener> {
  let notes = 0;
  return listenForNotify({
    clock,
    listen: address,
    port,
    judge: ({ from, event }) => {
      let answer: NotifyAnswer = { status: 'drop' };
      const stop = journal.listen(({ phone: mac, event: fact }) => {
        if (fact.type === 'notify.received' && mac === phone.mac) answer = { status: fact.status ?? 'drop' };
      });
      phone.send({ type: 'notify.receive', from, event });
      stop();
      return answer;
    },
    onNote: (note) => {
      if (++notes <= NOTES_MAX) world.record(phone.mac, { type: 'problem.told', ...noteProblem(note) });
    },
  });
}

function noteProblem(note: SipNote) {
  const said =
    note.type === 'malformed'
      ? `what is no SIP request: ${note.why}`
      : `${quote(note.method)}, answered ${note.status}: ${note.why}`;
  return problem('NOTIFY_REFUSED', { message: `from ${note.from} came ${said}` });
}
