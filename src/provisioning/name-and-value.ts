/** Splits `NAME value` at its first blanks; the value is the rest of the line and may be empty. */
export function nameAndValue(text: string): { readonly name: string; readonly value: string } {
  const blank = text.search(/[ \t\v\f\r]/);
  if (blank === -1) return { name: text, value: '' };
  return { name: text.slice(0, blank), value: text.slice(blank).replace(/^[ \t\v\f\r]+/, '') };
}
