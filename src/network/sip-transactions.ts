import type { SipRequest } from './sip-request.ts';
import { branchOf } from './sip-via.ts';

/** RFC 3261 section 17.2.2, timer J: 64 times T1. */
const REMEMBERED_MS = 32_000;
/** Ours. A flood makes the phone forget the oldest. */
const REMEMBERED_MAX = 4_096;

/** The answers given of late, so that a request that comes again gets the same and is judged once. */
export class SipTransactions<Answer> {
  readonly #now: () => number;
  /** In the order they were given. */
  readonly #answers = new Map<string, { readonly answer: Answer; readonly untilMs: number }>();

  /** @param now ms of any clock that does not go back. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** The answer this request was given before, or what `judge` says now. */
  answerTo(request: SipRequest, from: string, judge: () => Answer): Answer {
    this.#forgetOld();
    const key = keyOf(request, from);
    const known = this.#answers.get(key);
    if (known !== undefined) return known.answer;
    const answer = judge();
    this.#answers.set(key, { answer, untilMs: this.#now() + REMEMBERED_MS });
    return answer;
  }

  #forgetOld(): void {
    for (const [key, { untilMs }] of this.#answers) {
      if (untilMs > this.#now() && this.#answers.size < REMEMBERED_MAX) return;
      this.#answers.delete(key);
    }
  }
}

/**
 * RFC 3261 section 17.2.3: branch, sender and method name a transaction; without a branch of its kind, what
 * RFC 2543 compared. The address it came from is added, so that nobody gets the answer of another.
 */
function keyOf(request: SipRequest, from: string): string {
  const { via, method, uri, to, callId, cseq } = request;
  const branch = branchOf(via);
  const identity = branch === undefined ? [uri, to, request.from, callId, cseq] : [branch];
  return [from, via.sentBy.toLowerCase(), method, ...identity].join('\n');
}
