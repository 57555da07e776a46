import type { z } from 'zod';
import type { JournalEntry } from '../events/journal.ts';
import type { Fact } from '../events/phone-event.ts';
import type { requestOutcomeSchema } from './outcome.schema.ts';

export type RequestOutcome = Readonly<z.infer<typeof requestOutcomeSchema>>;

/** A request while it runs and after: what the outcome says of it, and what is needed to follow it. */
export interface TrackedRequest {
  readonly request: number;
  readonly index: number | null;
  readonly requestedAt: number;
  readonly open: boolean;
  /** What the server or the system said when it failed. */
  readonly detail: string;
  /** Until it ends the result is ABORTED: that is what a run that stops here makes of it. */
  readonly outcome: RequestOutcome;
}

/** The requests of a phone in the order they were asked for, followed while its facts go by. */
export class RequestLog {
  readonly #requests: TrackedRequest[] = [];
  /** Where the last request of a number stands. */
  readonly #places = new Map<number, number>();

  get all(): readonly TrackedRequest[] {
    return this.#requests;
  }

  /** The last request of that number. */
  find(request: number): TrackedRequest | undefined {
    return this.#requests[this.#places.get(request) ?? -1];
  }

  add({ event, at }: JournalEntry): void {
    switch (event.type) {
      case 'file.requested':
        this.#places.set(event.request, this.#requests.push(tracked(event, at)) - 1);
        return;
      case 'file.progressed':
        this.#follow(event.request, (last) => heard(last, at, { bytes: event.bytes }));
        return;
      case 'file.repeated':
        this.#follow(event.request, (last) =>
          heard(last, at, { attempts: last.outcome.attempts + (event.what === 'request' ? 1 : 0) }),
        );
        return;
      case 'file.received': {
        const { bytes, ms, attempts } = event;
        this.#follow(event.request, (last) => ({
          ...heard(last, at, { result: 'ok', bytes, ms, attempts }),
          open: false,
        }));
        return;
      }
      case 'file.left':
        this.#follow(event.request, (last) => ({
          ...heard(last, at, { result: 'ok', bytes: 0, ms: event.ms }),
          open: false,
        }));
        return;
      case 'file.failed': {
        const { code, bytes, ms, attempts, detail } = event;
        this.#follow(event.request, (last) => ({
          ...heard(last, at, { result: code, bytes, ms, attempts }),
          open: false,
          detail,
        }));
      }
    }
  }

  /** Replaces a request that still runs; a fact about no such request changes nothing. */
  #follow(request: number, replace: (last: TrackedRequest) => TrackedRequest): void {
    const place = this.#places.get(request);
    const last = this.find(request);
    if (place !== undefined && last?.open) this.#requests[place] = replace(last);
  }
}

function tracked(event: Fact<'file.requested'>, at: number): TrackedRequest {
  const { request, index, file, url, protocol, check, section, userFile } = event;
  return {
    request,
    index,
    requestedAt: at,
    open: true,
    detail: 'it was still under way at the end',
    outcome: {
      file,
      url,
      protocol,
      result: 'ABORTED',
      bytes: 0,
      ms: 0,
      attempts: 1,
      check,
      section,
      ...(userFile && { userFile }),
    },
  };
}

function heard(last: TrackedRequest, at: number, news: Partial<RequestOutcome>): TrackedRequest {
  return { ...last, outcome: { ...last.outcome, ms: at - last.requestedAt, ...news } };
}
