/** What the phone knows when a NOTIFY comes. */
export interface NotifySituation {
  /** Of the Event header, without its parameters; empty if there is none. */
  readonly event: string;
  /** IP address it came from. */
  readonly from: string;
  /** REMOTE_CHECK_FOR_UPDATE. */
  readonly remoteCheckForUpdate: boolean;
  readonly loggedIn: boolean;
  readonly checkRunning: boolean;
  /** PROXY_CHECKING. */
  readonly proxyChecking: boolean;
  /** SERVER_IPx_y of all domains. */
  readonly knownProxies: readonly string[];
  /** The user lets a NOTIFY come from anywhere, whatever PROXY_CHECKING says. */
  readonly anyAllowed: boolean;
}

/** What the phone answers, what it does, and why. */
export type NotifyVerdict =
  | { readonly status: 200; readonly outcome: 'check'; readonly why: 'asked' }
  | { readonly status: 200; readonly outcome: 'ignored'; readonly why: 'check-running' }
  | { readonly status: 481; readonly outcome: 'ignored'; readonly why: 'logged-out' }
  | { readonly status: 489; readonly outcome: 'ignored'; readonly why: 'other-event' | 'remote-check-off' }
  | { readonly status: 'drop'; readonly outcome: 'dropped'; readonly why: 'unknown-sender' };

const CHECK_SYNC = 'check-sync';

/**
 * What becomes of a NOTIFY.
 * Documented: S43 p12, check-sync starts a check when REMOTE_CHECK_FOR_UPDATE is YES. Assumed: the numbers of
 * the answers, and that PROXY_CHECKING holds for NOTIFY as for calls.
 */
export function judgeNotify(situation: NotifySituation): NotifyVerdict {
  if (isStranger(situation)) return { status: 'drop', outcome: 'dropped', why: 'unknown-sender' };
  // RFC 6665 section 8.2.1: event types are compared byte by byte.
  if (situation.event !== CHECK_SYNC) return { status: 489, outcome: 'ignored', why: 'other-event' };
  if (!situation.remoteCheckForUpdate) return { status: 489, outcome: 'ignored', why: 'remote-check-off' };
  if (!situation.loggedIn) return { status: 481, outcome: 'ignored', why: 'logged-out' };
  if (situation.checkRunning) return { status: 200, outcome: 'ignored', why: 'check-running' };
  return { status: 200, outcome: 'check', why: 'asked' };
}

function isStranger({ proxyChecking, anyAllowed, knownProxies, from }: NotifySituation): boolean {
  return proxyChecking && !anyAllowed && !knownProxies.includes(from);
}
