import { InvalidArgumentError, Option } from 'commander';

/** A file that is asked for, and what is to be in it. */
export interface FileOrder<Kind extends string = string> {
  readonly kind: Kind;
  readonly file: string;
}

/** `--report KIND=FILE`, which may be repeated: its value is a list of `FileOrder`, empty without any. */
export function reportOption<Kind extends string>(
  kinds: readonly Kind[],
  says = `write a report, one of ${kinds.join(', ')}; may be repeated`,
): Option {
  return new Option('--report <KIND=FILE>', says)
    .argParser((text, before: readonly FileOrder<Kind>[] = []) => [...before, orderIn(text, kinds)])
    .default([], 'none');
}

function orderIn<Kind extends string>(text: string, kinds: readonly Kind[]): FileOrder<Kind> {
  const [, word, file = ''] = /^([^=]*)=(.+)$/.exec(text) ?? [];
  const kind = kinds.find((known) => known === word);
  if (kind !== undefined) return { kind, file };
  throw new InvalidArgumentError(`Expected KIND=FILE, KIND one of ${kinds.join(', ')}.`);
}
