import type { RequestOutcome } from '../../report/request-outcomes.ts';
import type { Expected } from '../expectation.schema.ts';
import { matches } from '../fact-match.ts';
import { type Finding, found, shown, type View } from '../finding.ts';

type Wanted = Expected<'requests'>[number];

/** These files were asked for, in this order, and no others. */
export function requests(wanted: readonly Wanted[], view: View): Finding {
  const asked = askedOf(view);
  const length = Math.max(wanted.length, asked.length);
  const first = Array.from({ length }, (_, index) => index).find((index) => {
    const [one, request] = [wanted[index], asked[index]];
    return one === undefined || request === undefined || !isMeant(one, request);
  });
  return listed(wanted, asked, {
    holds: first === undefined,
    near: first,
    view,
    instead: asked.map((request, index) => written(request, wanted[index], wanted)),
  });
}

/** These files were asked for, in any order, and no others. */
export function requestsSet(wanted: readonly Wanted[], view: View): Finding {
  const asked = askedOf(view);
  const { lacking, left } = paired(wanted, asked);
  return listed(lacking.length > 0 ? lacking : wanted, lacking.length > 0 ? left : asked, {
    holds: lacking.length === 0 && left.length === 0,
    near: left[0] && asked.indexOf(left[0]),
    view,
    instead: asked.map((request) =>
      written(
        request,
        wanted.find((one) => isMeant(one, request)),
        wanted,
      ),
    ),
  });
}

/** These files were asked for, in any order, and perhaps others. */
export function requestsSome(wanted: readonly Wanted[], view: View): Finding {
  const asked = askedOf(view);
  const { lacking, left } = paired(wanted, asked);
  return listed(lacking.length > 0 ? lacking : wanted, lacking.length > 0 ? left : asked, {
    holds: lacking.length === 0,
    view,
  });
}

/** None of these files was asked for. */
export function requestsAbsent(wanted: readonly Wanted[], view: View): Finding {
  const asked = askedOf(view);
  const wrong = asked.filter((request) => wanted.some((one) => isMeant(one, request)));
  const expected = `no request for ${wanted.map(said).join(', ')}`;
  const text =
    wrong.length === 0 ? 'none' : wrong.map((request) => said(picked(request, fieldsOf(wanted)))).join('\n');
  return found(wrong.length === 0, expected, text, {
    near: entryOf(view, wrong[0] && asked.indexOf(wrong[0])),
  });
}

function askedOf({ record }: View): readonly RequestOutcome[] {
  return record.outcome()?.requests ?? [];
}

function isMeant(wanted: Wanted, request: RequestOutcome): boolean {
  return matches(withoutUndefined(wanted), request);
}

/** Which of the wanted have no request of their own, and which requests nobody wants. */
function paired(wanted: readonly Wanted[], asked: readonly RequestOutcome[]) {
  const left = [...asked];
  const lacking = wanted.filter((one) => {
    const index = left.findIndex((request) => isMeant(one, request));
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
  return { lacking, left };
}

interface Listing extends Pick<Finding, 'holds' | 'instead'> {
  /** Which request it turned on. */
  readonly near?: number | undefined;
  readonly view: View;
}

function listed(
  wanted: readonly Wanted[],
  asked: readonly RequestOutcome[],
  { holds, instead, near, view }: Listing,
): Finding {
  const fields = fieldsOf(wanted);
  const expected = wanted.map(said).join('\n') || 'no request';
  const text = asked.map((request) => said(picked(request, fields))).join('\n') || 'no request';
  return found(holds, expected, text, {
    near: entryOf(view, near),
    ...(instead !== undefined && { instead }),
  });
}

/** `1230SIP.cfg`, or `a.lng (result NOT_FOUND)`. */
function said({ file, ...fields }: { readonly file?: string }): string {
  const more = shown(fields);
  return more === '' ? (file ?? '') : `${file ?? ''} (${more})`;
}

function fieldsOf(wanted: readonly Wanted[]): readonly string[] {
  return [...new Set(['file', 'result', ...wanted.flatMap((one) => Object.keys(withoutUndefined(one)))])];
}

function picked(request: RequestOutcome, fields: readonly string[]): Partial<RequestOutcome> {
  const entries = Object.entries(request).filter(
    ([name, value]) => fields.includes(name) && !(name === 'result' && value === 'ok'),
  );
  return Object.fromEntries(entries);
}

/** What stood there if it holds; else the request with as many fields as others have. */
function written(request: RequestOutcome, wanted: Wanted | undefined, all: readonly Wanted[]): unknown {
  const kept = wanted !== undefined && isMeant(wanted, request) ? withoutUndefined(wanted) : undefined;
  const fields = kept ?? picked(request, [...new Set(['file', ...all.flatMap((one) => Object.keys(one))])]);
  return Object.keys(fields).length === 1 ? request.file : fields;
}

function entryOf({ record }: View, index: number | undefined) {
  if (index === undefined) return undefined;
  return record.entries.filter(({ event }) => event.type === 'file.requested')[index];
}

function withoutUndefined<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}
