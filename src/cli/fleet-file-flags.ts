import { InvalidArgumentError, Option } from 'commander';
import { ITERATIONS_MAX, PHONES_MAX } from '../fleet/fleet.schema.ts';
import type { FlagValue } from '../fleet/fleet-flags.ts';
import { MACS_OF_A_MAKER } from '../fleet/population.ts';
import { models } from '../provisioning/words.ts';
import type { Call, SaidOption } from './command.ts';
import { UsageError } from './exit-codes.ts';
import { linkOf, mixOf } from './fleet-flag-values.ts';
import * as read from './values.ts';

/** A flag that stands for words of the fleet file, and where they stand there. */
interface FileFlag {
  readonly option: Option;
  readonly path: readonly string[];
  /** As the file would have it; the text itself if absent. */
  readonly value?: (text: string) => unknown;
}

/** Who the phones are. */
const phoneFlags: readonly FileFlag[] = [
  {
    option: new Option('-n, --count <N>', 'how many phones').argParser(wholeNumber(PHONES_MAX)),
    path: ['fleet', 'count'],
    value: Number,
  },
  {
    option: new Option('--mac-base <MAC>', 'MAC of phone 0; the others follow').default(
      undefined,
      '00:1B:4F:A0:00:00',
    ),
    path: ['fleet', 'macBase'],
  },
  {
    option: new Option('--first-index <N>', 'number of the first phone')
      .argParser(wholeNumber(MACS_OF_A_MAKER - 1))
      .default(undefined, '0'),
    path: ['fleet', 'firstIndex'],
    value: Number,
  },
  {
    option: new Option(
      '--identities <CSV>',
      'a list of phones: mac, and model, software, address, protocol, at, versions',
    ),
    path: ['fleet', 'identities'],
  },
  {
    option: new Option(
      '--mix <KINDS>',
      'phones that differ: 70%=factory,20%=provisioned,10%=SIP12x004.00.04.00',
    ),
    path: ['fleet', 'mix'],
    value: mixOf,
  },
  {
    option: new Option('--model <MODEL>', 'which phones')
      .choices(models)
      .default(undefined, "the file's, else 1230"),
    path: ['phone', 'model'],
  },
  {
    option: new Option('--software <LOAD>', 'the load they run').default(undefined, "the file's"),
    path: ['phone', 'software'],
  },
  {
    option: new Option(
      '--user-agent-byte <BYTE>',
      'junk byte after SIP12x0 as real phones send it: hex, or seen',
    ),
    path: ['phone', 'userAgentByte'],
  },
];

/** How they reach the server. */
const serverFlags: readonly FileFlag[] = [
  {
    option: new Option(
      '--protocols <LIST>',
      'how phones ask for their provisioning file, in turns: tftp,ftp,http',
    ),
    path: ['fleet', 'protocols'],
    value: (text) => text.split(',').map((word) => word.trim()),
  },
  {
    option: new Option(
      '--ports <LIST>',
      'ports of protocols that the URL does not name, such as tftp=6969,ftp=2121',
    )
      .argParser(read.ports)
      .default(undefined, '69, 21, 80, 443'),
    path: ['server', 'ports'],
  },
  {
    option: new Option('--ca <FILE>', 'trust the certificates in this PEM file for https').argParser(
      read.path,
    ),
    path: ['server', 'ca'],
  },
  {
    option: new Option('--insecure', 'do not verify the certificate of an https server'),
    path: ['server', 'tlsVerify'],
    value: () => 'accept-any',
  },
  {
    option: new Option('--source-ips <RANGE>', 'a source address a phone, such as 127.1.0.0/16'),
    path: ['fleet', 'sources'],
  },
  {
    option: new Option(
      '--link <WORDS>',
      'the way between each phone and the server: rtt=40ms,jitter=5ms,down=2M',
    ),
    path: ['fleet', 'link'],
    value: linkOf,
  },
];

/** When they get power, and how long they stay. */
const timeFlags: readonly FileFlag[] = [
  {
    option: new Option(
      '--time <MODE>',
      'real: sockets; jump: sockets, leaping over waits; virtual: no network',
    )
      .choices(['real', 'jump', 'virtual'])
      .default(undefined, "the file's, else real"),
    path: ['time', 'mode'],
  },
  {
    option: new Option('--ramp <DURATION>', 'phones get power evenly over this time').default(
      undefined,
      'all at once',
    ),
    path: ['fleet', 'arrivals'],
    value: (ramp) => ({ ramp }),
  },
  {
    option: new Option('--rate <N/s>', 'phones get power one after the other, such as 50/s'),
    path: ['fleet', 'arrivals'],
    value: (rate) => ({ rate }),
  },
  {
    option: new Option('--poisson <N/s>', 'phones get power as chance will have it, on average such as 50/s'),
    path: ['fleet', 'arrivals'],
    value: (poisson) => ({ poisson }),
  },
  {
    option: new Option(
      '--poll-window <DURATION>',
      'phones get power at their own stagger within whole hours',
    ),
    path: ['fleet', 'arrivals'],
    value: (pollWindow) => ({ pollWindow }),
  },
  {
    option: new Option(
      '--concurrency <N>',
      'so many phones at a time: the next begins when one is done',
    ).argParser(wholeNumber(PHONES_MAX)),
    path: ['fleet', 'arrivals'],
    value: (concurrency) => ({ concurrency: Number(concurrency) }),
  },
  {
    option: new Option('--duration <DURATION>', 'how long phones stay up and poll, such as 7d').default(
      undefined,
      'each ends at rest',
    ),
    path: ['fleet', 'duration'],
  },
  {
    option: new Option('--iterations <N>', 'so often each phone loses power and boots again').argParser(
      wholeNumber(ITERATIONS_MAX),
    ),
    path: ['fleet', 'iterations'],
    value: Number,
  },
  {
    option: new Option('--timeout <DURATION>', 'limit of one boot').default(undefined, '3h'),
    path: ['fleet', 'limit'],
  },
  {
    option: new Option('--seed <TEXT>', 'of all that is left to chance')
      .argParser(read.seed)
      .default(undefined, "the file's, else 1"),
    path: ['seed'],
  },
  {
    option: new Option('--timings <TABLE>', 'how long boot loader, image write and login take')
      .choices(['field', 'none'])
      .default(undefined, "the file's, else field"),
    path: ['timings'],
  },
];

/** What must hold, and of what. */
const thresholdFlags: readonly FileFlag[] = [
  {
    option: new Option('--measure-from <DURATION>', 'what begins earlier is no part of the figures'),
    path: ['fleet', 'measureFrom'],
  },
  {
    option: new Option(
      '--threshold <RULE>',
      'what must hold beside boot.failed == 0 and boot.unfinished == 0, such as "boot.latency.p95 < 90s"; may be repeated',
    )
      .argParser((text, before: readonly string[] = []) => [...before, text])
      .default(undefined, "the file's"),
    path: ['fleet', 'thresholds'],
  },
];

const fileFlags = [...phoneFlags, ...serverFlags, ...timeFlags, ...thresholdFlags];

export const phoneOptions = optionsOf(phoneFlags);
export const serverOptions = optionsOf(serverFlags);
export const timeOptions = optionsOf(timeFlags);
export const thresholdOptions = optionsOf(thresholdFlags);

function optionsOf(flags: readonly FileFlag[]): readonly Option[] {
  return flags.map(({ option }) => option);
}

/** What was given of the flags that stand for words of the file. Throws `UsageError` for rivals. */
export function flagsGiven({
  values: all,
  said,
}: Pick<Call<unknown>, 'values' | 'said'>): readonly FlagValue[] {
  const values: Readonly<Record<string, unknown>> = { ...all };
  const outdone = outdoneArrivals(said);
  const flags = fileFlags.flatMap(({ option, path, value }): FlagValue[] => {
    const given = values[option.attributeName()];
    if (given === undefined || outdone.includes(option.attributeName())) return [];
    const flag = option.long ?? option.flags;
    const standsBack = said.some(({ name, by }) => name === option.attributeName() && by === 'variable');
    return [{ flag, path, value: value === undefined ? given : value(String(given)), standsBack }];
  });
  const [one, other] = flags.filter(sayArrivals);
  if (one !== undefined && other !== undefined)
    throw new UsageError(`${one.flag} and ${other.flag} both say when phones get power; give one`);
  return flags;
}

/** Of at most so much; what is too little is for the file's schema to say. */
function wholeNumber(max: number): (text: string) => string {
  return (text) => {
    if (/^\d+$/.test(text) && Number(text) <= max) return text;
    throw new InvalidArgumentError(`Expected a whole number, at most ${max}.`);
  };
}

/** Options of the environment that say when phones get power, where a flag says it otherwise. */
export function outdoneArrivals(said: readonly SaidOption[]): readonly string[] {
  const names = fileFlags.filter(sayArrivals).map(({ option }) => option.attributeName());
  const asked = said.filter(({ name }) => names.includes(name));
  const isByFlag = asked.some(({ by }) => by === 'flag');
  return asked.flatMap(({ name, by }) => (isByFlag && by === 'variable' ? [name] : []));
}

function sayArrivals({ path }: Pick<FileFlag, 'path'>): boolean {
  return path.at(-1) === 'arrivals';
}
