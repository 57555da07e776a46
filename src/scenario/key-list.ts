export type KeysReading =
  | { readonly ok: true; readonly keys: readonly string[] }
  | { readonly ok: false; readonly message: string };

/** Keys between blanks; a name with blanks in it stands in quotes: `Srvcs "Check for Updates" Yes`. */
export function parseKeys(text: string): KeysReading {
  const keys = [...text.matchAll(/"([^"]*)"|'([^']*)'|([^\s"']+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
  const left = text.replaceAll(/"[^"]*"|'[^']*'/g, '');
  if (/["']/.test(left)) return { ok: false, message: 'a quote is not closed' };
  if (keys.length === 0 || keys.includes('')) return { ok: false, message: 'no key is named' };
  return { ok: true, keys };
}
