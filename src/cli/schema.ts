import type { Command } from './command.ts';
import { exitCodes, UsageError } from './exit-codes.ts';
import { published } from './published.schema.ts';

export const schemaCommand: Command<object> = {
  argumentSays: Object.entries(published)
    .map(([name, { says }]) => `${name}: ${says}`)
    .join('; '),
  options: [],
  examples: [
    ['deskphone schema outcome', 'what a script may rely on'],
    ['deskphone schema problems', 'what --allow takes, and what to do about each'],
  ],
  run: async ({ argument = '', values }, io) => {
    const entry = Object.hasOwn(published, argument) ? published[argument] : undefined;
    if (entry === undefined) {
      throw new UsageError(`no schema "${argument}"; expected ${Object.keys(published).join(', ')}`);
    }
    const made = entry.make();
    io.out(`${values.json ? JSON.stringify(made) : JSON.stringify(made, null, 2)}\n`);
    return exitCodes.asExpected;
  },
};
