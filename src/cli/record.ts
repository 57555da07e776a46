import { InvalidArgumentError, Option } from 'commander';
import type { LogFormat } from '../recording/log-format.ts';
import { logFormats } from '../recording/log-formats.ts';
import { minutesOf } from '../scenario/zone.ts';
import type { Call, Command } from './command.ts';
import * as read from './values.ts';

export interface RecordValues {
  readonly format?: LogFormat;
  readonly year?: number;
  readonly zone?: number;
  readonly files?: string;
  readonly url?: string;
  readonly out?: string;
  readonly fleet: boolean;
  readonly force: boolean;
  readonly compare?: boolean;
  readonly phone?: string;
  readonly software?: string;
  readonly then?: readonly (typeof read.steps)[number][];
}

export const recordCommand: Command<RecordValues> = {
  argumentSays: 'logs, also gzipped as they are rotated, or captures (pcap, pcapng); -: standard input',
  options: [
    new Option('--format <NAME>', `what the logs are: ${logFormats.map(({ name }) => name).join(', ')}`)
      .argParser(formatNamed)
      .default(undefined, 'by their content'),
    new Option('--year <YEAR>', 'of times that name none, as in syslog')
      .argParser(year)
      .default(undefined, 'the latest that is past'),
    new Option('--zone <OFFSET>', 'of times that name none: offset from UTC such as +01:00, or Z')
      .argParser(zone)
      .default(undefined, 'Z'),
    new Option('--files <DIR>', 'make a scenario, with the files that the server had').argParser(read.path),
    new Option('--url <URL>', 'make a scenario that sends the phones to this server, in real time').argParser(
      read.path,
    ),
    new Option('--out <FILE>', 'where the scenario or the fleet goes')
      .argParser(read.path)
      .default(undefined, 'standard output'),
    new Option('--fleet', 'make a fleet file instead, and a list of its phones beside it (CSV)').default(
      false,
    ),
    new Option('--force', 'also where a file is already').default(false),
    new Option(
      '--compare',
      'say which switches (--quirk) reproduce the phone in a capture; with --files, its tree',
    ),
    new Option('--phone <ADDRESS>', 'with --compare: which phone').default(undefined, 'the only one'),
    new Option('--software <LOAD>', 'with --compare: the load it ran')
      .argParser(read.softwareLoad)
      .default(undefined, 'as its User-Agent says'),
    new Option(
      '--then <STEPS>',
      `with --compare: what was done with it after power-up: ${read.steps.join(', ')}`,
    )
      .argParser(read.stepList)
      .default(undefined, 'nothing'),
  ],
  examples: [
    ['deskphone record /var/log/nginx/access.log', 'what the phones asked of a web server'],
    [
      'deskphone record access.log --files ./tree --out monday.yaml',
      'a scenario of it: the same phones at the same moments, with these files',
    ],
    [
      'deskphone record access.log --files ./tree --fleet --out monday.yaml',
      'a fleet of it, of any number of phones; deskphone fleet monday.yaml',
    ],
    ['deskphone record access.log access.log.2.gz --json', 'also what was rotated; a request a line'],
    ['deskphone record boot.pcap', 'what tcpdump saw'],
    ['deskphone record --compare boot.pcap', 'what a capture of a real phone says of our assumptions'],
  ],
  run: async (call: Call<RecordValues>, io) =>
    call.values.compare
      ? (await import('./compare-capture.ts')).compareWithCapture(call, io)
      : (await import('./make-recording.ts')).makeRecording(call, io),
};

function formatNamed(text: string): LogFormat {
  const format = logFormats.find(({ name }) => name === text);
  if (format === undefined)
    throw read.unknownWord(text, { what: 'format', known: logFormats.map(({ name }) => name) });
  return format;
}

function year(text: string): number {
  if (!/^(19|20)\d\d$/.test(text)) throw new InvalidArgumentError('Expected a year such as 2026.');
  return Number(text);
}

function zone(text: string): number {
  if (!/^(Z|[+-]\d\d:\d\d)$/.test(text)) {
    throw new InvalidArgumentError('Expected an offset from UTC such as +01:00, or Z.');
  }
  return minutesOf(text);
}
