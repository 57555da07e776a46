import type { Option } from 'commander';
import { expect, test } from 'vitest';
import { commands as listed } from '../../src/cli/commands.ts';
import { variableOf } from '../../src/cli/environment.ts';
import { exitCodeSentences, exitCodes } from '../../src/cli/exit-codes.ts';
import { describeOption } from '../../src/cli/help.ts';
import { published } from '../../src/cli/published.schema.ts';
import { pathOf, readDocument, table, withBlock } from './markdown.ts';

const commands = await Promise.all(listed.map(async (one) => ({ ...one, ...(await one.load()) })));

const code = (text: string) => `\`${text}\``;

function optionRows(options: readonly Option[]): string[][] {
  return options.map((option) => [code(option.flags), describeOption(option), code(variableOf(option))]);
}

const heads = ['Option', 'What it does', 'In the environment'];

/** A table for each group that help shows. */
function optionTables(options: readonly Option[]): string {
  const headings = [...new Set(options.map(({ helpGroupHeading = '' }) => helpGroupHeading))];
  return headings
    .flatMap((heading) => {
      const own = options.filter(({ helpGroupHeading = '' }) => helpGroupHeading === heading);
      return [...(heading === '' ? [] : [heading]), table(heads, optionRows(own))];
    })
    .join('\n\n');
}

/** Options under one heading a command; those of `check` are those of `boot`. */
function optionsOfCommands(): string {
  const bootOptions = commands.find(({ name }) => name === 'boot')?.options ?? [];
  return commands
    .map(({ name, argument, argumentSays, summary, options, examples }) => {
      const usage = ['deskphone', name, ...(argument === undefined ? [] : [argument])].join(' ');
      const sameAsBoot = name !== 'boot' && sameFlags(options, bootOptions);
      const rows = sameAsBoot ? 'Options: those of `boot`.' : optionTables(options);
      return [
        `### ${usage}`,
        `${summary[0]?.toUpperCase()}${summary.slice(1)}.`,
        ...(argument === undefined ? [] : [`${code(argument)}: ${argumentSays}.`]),
        ...(options.length === 0 ? [] : [rows]),
        examples.map(([line, says]) => `    ${line}\n        # ${says}`).join('\n'),
      ].join('\n\n');
    })
    .join('\n\n');
}

function sameFlags(some: readonly Option[], others: readonly Option[]): boolean {
  return some.map(({ flags }) => flags).join() === others.map(({ flags }) => flags).join();
}

const commandTable = table(
  ['Command', 'Does'],
  commands.map(({ name, argument, summary }) => [
    code([name, ...(argument === undefined ? [] : [argument])].join(' ')),
    summary,
  ]),
);

const exitCodeTable = table(
  ['Code', 'Means'],
  exitCodeSentences.map(([number, says]) => [String(number), says]),
);

const schemaTable = table(
  ['Name', 'What it prints'],
  Object.entries(published).map(([name, { says }]) => [code(name), says]),
);

const documents: [file: string, blocks: Readonly<Record<string, string>>][] = [
  ['README.md', { commands: commandTable, 'exit codes': exitCodeTable }],
  [
    'docs/command-line.md',
    {
      commands: commandTable,
      'exit codes': exitCodeTable,
      options: optionsOfCommands(),
      schemas: schemaTable,
    },
  ],
];

test.for(documents)(
  '%s is what the commands say (npx vitest run test/docs -u writes it)',
  async ([file, blocks]) => {
    const written = Object.entries(blocks).reduce(
      (document, [name, content]) => withBlock(document, name, content),
      readDocument(file),
    );
    await expect(written).toMatchFileSnapshot(pathOf(file));
  },
);

test('every exit code has a sentence', () => {
  expect(exitCodeSentences.map(([number]) => number)).toEqual(Object.values(exitCodes));
});
