/** Longest piece of a foreign text that a message repeats. */
const QUOTED_LENGTH_MAX = 60;

/** What a terminal may obey, but tabs and ends of lines: controls, line separators, changes of direction. */
const UNSAFE = /(?![\t\n])[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;

/** A text from outside as a message shows it: in quotes, control characters escaped, cut at 60 characters. */
export function quote(text: string): string {
  const shown = text.length > QUOTED_LENGTH_MAX ? `${text.slice(0, QUOTED_LENGTH_MAX)}...` : text;
  return visible(JSON.stringify(shown));
}

/** A text, of JSON or in plain words, with all that could steer a terminal as JSON escapes it: `\u001b`. */
export function visible(text: string): string {
  return text.replace(UNSAFE, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
