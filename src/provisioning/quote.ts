/** Longest piece of a foreign text that a message repeats. */
const QUOTED_LENGTH_MAX = 60;

/**
 * What JSON leaves as it is and a terminal may obey: DEL, C1 controls, line separators, changes of direction.
 */
const UNSAFE = /[\x7f-\x9f\u2028-\u202e\u2066-\u2069]/g;

/** A text from outside as a message shows it: in quotes, control characters escaped, cut at 60 characters. */
export function quote(text: string): string {
  const shown = text.length > QUOTED_LENGTH_MAX ? `${text.slice(0, QUOTED_LENGTH_MAX)}...` : text;
  return JSON.stringify(shown).replace(UNSAFE, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
