import type { Command } from './command.ts';
import { type PhoneValues, phoneOptions } from './phone-options.ts';

export const checkCommand: Command<PhoneValues> = {
  argumentSays: 'the provisioning server (default: an embedded one with a demo tree)',
  options: phoneOptions(),
  examples: [
    [
      'deskphone check http://127.0.0.1:8080 --flash ./phone',
      'what a user starts with a phone that booted before',
    ],
    ['deskphone check --flash ./phone --then check', 'and once more: what is fetched again?'],
  ],
  run: async (call, io) => (await import('./follow.ts')).follow('check', call, io),
};
