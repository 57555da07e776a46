import { MINUTE_MS } from '../clock/durations.ts';
import { type NameOfFile, type RecordedRequest, readName } from './request.ts';

/** What a phone asked for in one check: from its provisioning file to the next time it asks for that. */
export interface Visit {
  /** `restart`: the phone's own, after an image. `again`: a log does not tell who or what began it. */
  readonly why: 'first' | 'restart' | 'again';
  /** Not empty; the first is the provisioning file if `begins` is. */
  readonly requests: readonly RecordedRequest[];
  /** Absent: its beginning is not there. */
  readonly begins?: Extract<NameOfFile, { kind: 'provisioning' }>;
}

/** An image is written and the phone is back within this time. */
const RESTART_MAX_MS = 15 * MINUTE_MS;
/** Without provisioning files a check ends where nothing is asked for so long. */
const PAUSE_MS = 10 * MINUTE_MS;

interface Open extends Pick<Visit, 'begins'> {
  readonly requests: RecordedRequest[];
}

/** The checks of one phone, of its requests in order of time. */
export function visitsOf(requests: readonly RecordedRequest[]): readonly Visit[] {
  const visits: Visit[] = [];
  let open: Open | undefined;
  const close = () => {
    if (open !== undefined) visits.push({ why: whyOf(visits.at(-1), open.requests), ...open });
  };
  for (const request of requests) {
    const name = readName(request.file);
    const lastMs = open?.requests.at(-1)?.atMs ?? 0;
    if (name.kind === 'provisioning') {
      close();
      open = { begins: name, requests: [request] };
    } else if (open === undefined || (open.begins === undefined && request.atMs - lastMs > PAUSE_MS)) {
      close();
      open = { requests: [request] };
    } else open.requests.push(request);
  }
  close();
  return visits;
}

function whyOf(before: Visit | undefined, requests: readonly RecordedRequest[]): Visit['why'] {
  const [first] = requests;
  const last = before?.requests.at(-1);
  if (first === undefined || last === undefined) return 'first';
  const hasImage = readName(last.file).kind === 'image' && ['ok', 'unknown'].includes(last.result);
  return hasImage && first.atMs - last.atMs <= RESTART_MAX_MS ? 'restart' : 'again';
}
