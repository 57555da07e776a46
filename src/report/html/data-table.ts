import { type Content, html, type Markup } from './markup.ts';

export interface DataColumn {
  readonly title: string;
  /** Numbers stand right, so that they can be compared. */
  readonly align?: 'right';
  /** Left out where there is little room; the others must say enough. */
  readonly spare?: true;
}

export interface DataRow {
  readonly cells: readonly Content[];
  readonly tone?: string;
}

export interface DataTable {
  readonly caption: string;
  /** What stands above it says the same already: the caption is for those who hear the page. */
  readonly captionShown?: 'no';
  readonly columns: readonly DataColumn[];
  readonly rows: readonly DataRow[];
  /** Which column names a row; absent: the first. */
  readonly head?: number;
}

/** Rows beyond these are only counted: a page of everything could not be opened. The result file has them. */
const ROWS_MAX = 500;

/** A table with a caption and heads of columns and rows. It scrolls by itself where it is too wide. */
export function dataTable({ caption, captionShown, columns, rows, head = 0 }: DataTable): Markup {
  const left = rows.length - ROWS_MAX;
  return html`<div class="wide" role="group" aria-label="${caption}" tabindex="0"><table>
<caption${captionShown === 'no' ? html` class="unseen"` : undefined}>${caption}</caption>
<thead><tr>${columns.map((column) => html`<th scope="col"${classOf(column)}>${column.title}</th>`)}</tr></thead>
<tbody>
${rows.slice(0, ROWS_MAX).map((row) => tableRow(row, columns, head))}</tbody>
</table></div>
${left > 0 ? html`<p class="quiet">And ${left} more, which only the result file has.</p>\n` : undefined}`;
}

function tableRow({ cells, tone }: DataRow, columns: readonly DataColumn[], head: number): Markup {
  const marked = tone === undefined ? undefined : html` class="${tone}"`;
  const written = cells.map((cell, index) => {
    const place = classOf(columns[index]);
    return index === head ? html`<th scope="row"${place}>${cell}</th>` : html`<td${place}>${cell}</td>`;
  });
  return html`<tr${marked}>${written}</tr>\n`;
}

function classOf(column: DataColumn | undefined): Markup | undefined {
  const classes = [
    ...(column?.align === 'right' ? ['number'] : []),
    ...(column?.spare === true ? ['spare'] : []),
  ];
  return classes.length === 0 ? undefined : html` class="${classes.join(' ')}"`;
}
