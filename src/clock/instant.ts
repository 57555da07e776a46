/** An instant as text: ISO 8601 in UTC with milliseconds, `2026-03-04T08:00:00.000Z`. */
export function isoInstant(ms: number): string {
  return new Date(ms).toISOString();
}
