import type { Command } from './command.ts';
import { type PhoneValues, phoneOptions } from './phone-options.ts';

export const bootCommand: Command<PhoneValues> = {
  argumentSays: 'the provisioning server (default: an embedded one with a demo tree)',
  options: phoneOptions(),
  examples: [
    ['deskphone boot', 'a factory-fresh 1230 against the embedded server'],
    [
      'deskphone boot http://127.0.0.1:8080/phones --flash ./phone',
      'your server; keep the flash between runs',
    ],
    ['deskphone boot tftp://127.0.0.1:6969 --ports ftp=2121 --json', 'facts and outcome for a script'],
    [
      'deskphone boot http://127.0.0.1:8080 --time jump',
      'your server, and no wait for what the phone does alone',
    ],
    [
      'deskphone boot --fault "status 1230SIP.cfg status=503 times=5"',
      'the demo from a server that is busy at first',
    ],
    ['deskphone boot --time virtual --seed 1', 'the demo, repeatable, in virtual time'],
  ],
  run: async (call, io) => (await import('./follow.ts')).follow('boot', call, io),
};
