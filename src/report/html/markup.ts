/** HTML that is ready to be written. Only `html` makes it, so that no foreign text is ever taken for it. */
export interface Markup {
  readonly markup: string;
}

/** What may stand in a template: markup as it is, text and numbers escaped, nothing for undefined. */
export type Content = Markup | string | number | undefined | readonly Content[];

/**
 * A template of HTML. Every text put into it is escaped, in elements and in attributes between double quotes
 * alike; what HTML cannot hold becomes U+FFFD.
 */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return { markup: parts.map((part, index) => part + written(contents[index])).join('') };
}

function written(content: Content): string {
  if (content === undefined) return '';
  if (typeof content === 'number') return String(content);
  if (typeof content === 'string') return escaped(content);
  return 'markup' in content ? content.markup : content.map(written).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * HTML, section 13.1.4: no control characters but tab and LF, no surrogates, no noncharacters. Marks that
 * turn the direction of writing would move what stands beside a text: they go, too.
 */
function escaped(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\t\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
    .replace(/[&<>"']/g, (letter) => entities[letter] ?? letter);
}
