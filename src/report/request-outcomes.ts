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

/** The requests after a fact, in the order they were asked for. */
export function foldRequests(
  requests: readonly TrackedRequest[],
  entry: JournalEntry,
): readonly TrackedRequest[] {
  const { event, at } = entry;
  switch (event.type) {
    case 'file.requested':
      return [...requests, tracked(event, at)];
    case 'file.progressed':
      return follow(requests, event.request, (last) => heard(last, at, { bytes: event.bytes }));
    case 'file.repeated':
      return follow(requests, event.request, (last) =>
        heard(last, at, { attempts: last.outcome.attempts + (event.what === 'request' ? 1 : 0) }),
      );
    case 'file.received': {
      const { bytes, ms, attempts } = event;
      return follow(requests, event.request, (last) => ({
        ...heard(last, at, { result: 'ok', bytes, ms, attempts }),
        open: false,
      }));
    }
    case 'file.failed': {
      const { code, bytes, ms, attempts, detail } = event;
      return follow(requests, event.request, (last) => ({
        ...heard(last, at, { result: code, bytes, ms, attempts }),
        open: false,
        detail,
      }));
    }
    default:
      return requests;
  }
}

function tracked(event: Fact<'file.requested'>, at: number): TrackedRequest {
  const { request, index, file, url, protocol, check, section } = event;
  return {
    request,
    index,
    requestedAt: at,
    open: true,
    detail: 'it was still under way at the end',
    outcome: { file, url, protocol, result: 'ABORTED', bytes: 0, ms: 0, attempts: 1, check, section },
  };
}

function heard(last: TrackedRequest, at: number, news: Partial<RequestOutcome>): TrackedRequest {
  return { ...last, outcome: { ...last.outcome, ms: at - last.requestedAt, ...news } };
}

/**
 * The last request of that number that still runs, replaced; a fact about no such request changes nothing.
 */
function follow(
  requests: readonly TrackedRequest[],
  request: number,
  replace: (last: TrackedRequest) => TrackedRequest,
): readonly TrackedRequest[] {
  const at = requests.findLastIndex((known) => known.request === request && known.open);
  const found = requests[at];
  return found === undefined ? requests : requests.with(at, replace(found));
}
