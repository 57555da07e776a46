import type { z } from 'zod';

/** What a schema expected of a value, in plain words; undefined where its message is one of our own. */
export function expectedBy({ message, ...issue }: z.core.$ZodIssue): string | undefined {
  if (!/^(Invalid|Too)\b/.test(message)) return undefined;
  switch (issue.code) {
    case 'too_small':
      return `${issue.inclusive === false ? 'more than' : 'at least'} ${amountOf(issue.minimum, issue.origin)}`;
    case 'too_big':
      return `${issue.inclusive === false ? 'less than' : 'at most'} ${amountOf(issue.maximum, issue.origin)}`;
    case 'invalid_type':
      return kindNames[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return issue.values.length === 1 ? String(issue.values[0]) : `one of ${issue.values.join(', ')}`;
    case 'invalid_union':
      return eitherOf(issue.errors.map(([first]) => first && expectedBy(first)));
    default:
      return undefined;
  }
}

const kindNames: Readonly<Record<string, string>> = {
  array: 'a list',
  tuple: 'a list',
  object: 'a map of words and values',
  record: 'a map of words and values',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

function amountOf(count: number | bigint, origin: string): string {
  const unit = { array: 'item', string: 'character' }[origin];
  if (unit === undefined) return String(count);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

function eitherOf(branches: readonly (string | undefined)[]): string | undefined {
  const said = branches.filter((one) => one !== undefined);
  return said.length === 0 || said.length < branches.length ? undefined : said.join(', or ');
}
