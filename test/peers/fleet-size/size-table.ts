const rows: string[] = [];

/** Takes a row of the table: what is aimed at, and what this run came to. */
export function reached(aim: string, words: string): void {
  rows.push(`| ${aim} | ${words} |`);
}

/** The table of docs/fleet-size.md, in Markdown. */
export function sizeTable(): string {
  return ['| aim | reached |', '| --- | --- |', ...rows].join('\n');
}

export function number(value: number): string {
  return value.toLocaleString('en-US');
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

export function mebibytes(bytes: number): string {
  return `${number(Math.round(bytes / 2 ** 20))} MiB`;
}
