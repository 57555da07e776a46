/** Longest piece of a foreign text that a message repeats. */
const QUOTED_LENGTH_MAX = 60;

/** A text from outside as a message shows it: in quotes, control characters escaped, cut at 60 characters. */
export function quote(text: string): string {
  return JSON.stringify(text.length > QUOTED_LENGTH_MAX ? `${text.slice(0, QUOTED_LENGTH_MAX)}...` : text);
}
