import { InvalidArgumentError, Option } from 'commander';
import { type Model, models, type Protocol, protocols } from '../provisioning/words.ts';
import type { Call, Command } from './command.ts';
import { type PhoneValues, phoneOptions } from './phone-options.ts';
import { type FileOrder, reportOption } from './report-option.ts';
import * as read from './values.ts';

/** Of `boot`: what says the same of both sides. */
const shared = [
  'software',
  'flash',
  'ports',
  'sntpPort',
  'userAgentByte',
  'localAddress',
  'ca',
  'insecure',
  'authenticity',
  'timeout',
  'timings',
  'seed',
  'answer',
  'failOn',
  'allow',
  'quirk',
] as const satisfies readonly (keyof PhoneValues)[];

export interface DiffValues extends Pick<PhoneValues, (typeof shared)[number]> {
  readonly model: readonly Model[];
  readonly mac: readonly string[];
  readonly time: 'real' | 'jump';
  readonly protocol?: Protocol;
  readonly report: readonly FileOrder<DiffReportKind>[];
}

const diffReportKinds = ['json', 'markdown'] as const;
export type DiffReportKind = (typeof diffReportKinds)[number];

export const diffCommand: Command<DiffValues> = {
  argumentSays:
    'two of them, A and B: URLs, folders, or results that run or fleet wrote with --report json=FILE',
  options: [
    new Option('--model <LIST>', 'which phones')
      .argParser(modelList)
      .default(models, 'all three; 1230 with --mac or --flash'),
    new Option('--mac <LIST>', 'their MAC addresses, commas between')
      .argParser(macList)
      .default([], '00:1B:4F:12:10:01 and its like, one a model'),
    ...phoneOptions().filter((option) => shared.some((name) => name === option.attributeName())),
    new Option('--time <MODE>', 'with URLs: real, or jump over waits; folders go in virtual time')
      .choices(['real', 'jump'])
      .default('real'),
    new Option('--protocol <PROTOCOL>', 'how phones ask a folder for their provisioning file')
      .choices(protocols)
      .default(undefined, 'that of the URL beside it, else http'),
    reportOption(diffReportKinds, 'write json=FILE or markdown=FILE; may be repeated'),
  ],
  examples: [
    ['deskphone diff ./tree ./tree-of-tomorrow', 'two folders, without a network'],
    [
      'deskphone diff http://old.example/phones http://new.example/phones',
      'does it behave like the old one?',
    ],
    ['deskphone diff ./tree tftp://127.0.0.1:6969 --model 1220', 'is what is served what is in the folder?'],
    ['deskphone diff monday.json tuesday.json', 'two runs of scenarios'],
  ],
  run: async (call: Call<DiffValues>, io) => (await import('./compare-sides.ts')).compareSides(call, io),
};

function modelList(text: string): readonly Model[] {
  return text.split(',').map((word) => {
    const model = models.find((known) => known === word.trim());
    if (model !== undefined) return model;
    throw new InvalidArgumentError(`"${word}" is no model; expected ${models.join(', ')}.`);
  });
}

function macList(text: string): readonly string[] {
  return [...new Set(text.split(',').map((word) => read.macAddress(word.trim())))];
}
