import { html, type Markup } from './markup.ts';
import { pageStyle } from './style.ts';

/** What stands on a page. */
export interface PageParts {
  /** Of the browser's tab. */
  readonly title: string;
  /** Beside that of all pages. */
  readonly style?: Markup;
  readonly header: Markup;
  readonly main: Markup;
  readonly footer: Markup;
}

/**
 * One self-contained HTML file. It needs no network and no script, and its policy forbids both: nothing that
 * a server, a phone, a scenario or a file says can make it do anything.
 */
export function pageOf({ title, style, header, main, footer }: PageParts): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${pageStyle}${style}</style>
</head>
<body>
<header>
${header}
</header>
<main>
${main}</main>
<footer>${footer}</footer>
</body>
</html>
`.markup;
}
