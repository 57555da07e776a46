/** An instant as text: ISO 8601 in UTC with milliseconds, `2026-03-04T08:00:00.000Z`. */
export function isoInstant(ms: number): string {
  return new Date(ms).toISOString();
}

/** Milliseconds of an instant with its offset, `2026-03-04T08:00:00+01:00`; undefined for anything else. */
export function parseInstant(text: string): number | undefined {
  const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;
  const ms = form.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}
