import { Option } from 'commander';
import { HOUR_MS } from '../clock/durations.ts';
import { DEFAULT_MAC, DEFAULT_SOFTWARE } from '../device/flash-contents.ts';
import type { GivenOffer } from '../network/given-dhcp.ts';
import { defaultQuirks, type Quirks } from '../provisioning/quirks.ts';
import { type Model, models, type Protocol, type Severity, severities } from '../provisioning/words.ts';
import type { Answers } from '../scenario/answer-questions.ts';
import type { Step } from '../scenario/follow-phone.ts';
import { type FaultValues, faultOptions } from './fault-options.ts';
import { inGroup } from './help.ts';
import { leaseOffers } from './lease-option.ts';
import * as read from './values.ts';

/** What `boot` and `check` can be told about the phone and its run. */
export interface PhoneValues extends FaultValues {
  readonly model: Model;
  readonly mac: string;
  readonly software: string;
  readonly flash?: string;
  readonly ports: Readonly<Partial<Record<Protocol, number>>>;
  readonly sntpPort?: number;
  readonly userAgentByte?: number | 'seen';
  readonly localAddress?: string;
  readonly dhcp?: string;
  readonly lease?: readonly GivenOffer[];
  readonly ca?: string;
  readonly insecure: boolean;
  readonly authenticity: read.AuthenticityChoice;
  readonly timeout: number;
  readonly time: 'real' | 'jump' | 'virtual';
  readonly timings?: 'field' | 'none';
  readonly seed?: string;
  readonly then: readonly Step[];
  readonly keys: readonly string[];
  readonly answer?: Answers;
  readonly notify?: { readonly address?: string; readonly port: number };
  readonly notifyFrom?: 'anyone' | readonly string[];
  readonly ecrLog?: string;
  readonly securityLog?: string;
  readonly failOn: Severity;
  readonly allow: readonly read.Allowance[];
  readonly quirk: Quirks;
}

const TIMEOUT_MS = 3 * HOUR_MS;

export function phoneOptions(): readonly Option[] {
  return [
    ...inGroup('The phone', [
      new Option('--model <MODEL>', 'which phone').choices(models).default('1230'),
      new Option('--mac <MAC>', 'its MAC address')
        .argParser(read.macAddress)
        .default(DEFAULT_MAC, '00:1B:4F:12:30:01'),
      new Option('--software <LOAD>', 'the load it runs')
        .argParser(read.softwareLoad)
        .default(DEFAULT_SOFTWARE),
      new Option('--flash <DIR>', "keep the phone's flash here between runs")
        .argParser(read.path)
        .default(undefined, 'factory-fresh, in memory'),
      new Option(
        '--user-agent-byte <BYTE>',
        'junk byte after SIP12x0 as real phones send it: 14, 16, 17, ff, any hex, or seen',
      ).argParser(read.junkByte),
      new Option(
        '--authenticity <RULE>',
        "the maker's signature on firmware and languages: accept (unsigned too), reject (all), signed-by=FILE (a root, PEM)",
      )
        .argParser(read.authenticity)
        .default('accept'),
      new Option(
        '--quirk <NAME=VALUE>',
        'choose an assumption about the phone (deskphone schema quirks lists them)',
      )
        .argParser(read.quirk)
        .default(defaultQuirks, 'the first of each'),
    ]),
    ...inGroup('Its network and server', [
      new Option(
        '--ports <LIST>',
        'ports of protocols named without one, such as tftp=6969,ftp=2121,http=8080',
      )
        .argParser(read.ports)
        .default({}, '69, 21, 80, 443'),
      new Option('--sntp-port <PORT>', 'port of the time server that SNTP_SERVER names')
        .argParser(read.port)
        .default(undefined, '123'),
      new Option('--local-address <ADDRESS>', 'source address of the phone, one of this machine').argParser(
        read.address,
      ),
      new Option(
        '--dhcp <INTERFACE>',
        'get its address from the DHCP servers there, and without URL the server too; as root, in real time',
      ),
      new Option(
        '--lease <LEASE>',
        'DHCP as data, once for each server: address=10.0.0.5,mask=255.255.255.0,router=10.0.0.1,option66=URL,time=24h; none: silence',
      ).argParser(read.unsaid('--lease', leaseOffers)),
      new Option('--ca <FILE>', 'trust the certificates in this PEM file for https').argParser(read.path),
      new Option('--insecure', 'do not verify the certificate of an https server').default(false),
    ]),
    ...inGroup('Time', [
      new Option(
        '--time <MODE>',
        'real: sockets; jump: sockets, leaping over waits; virtual: the embedded tree without network, as fast as it goes',
      )
        .choices(['real', 'jump', 'virtual'])
        .default('real'),
      new Option('--timings <TABLE>', 'how long boot loader, image write and login take')
        .choices(['field', 'none'])
        .default(undefined, 'none in real time, else field'),
      new Option('--timeout <DURATION>', 'limit of the whole command, in phone time')
        .argParser(read.duration)
        .default(TIMEOUT_MS, '3h'),
      new Option('--seed <TEXT>', 'repeats a run')
        .argParser(read.seed)
        .default(undefined, 'a new one, printed'),
    ]),
    ...inGroup('What goes wrong', faultOptions()),
    ...inGroup('What happens', [
      new Option(
        '--then <STEPS>',
        'what follows, each once the phone is at rest: check, poll, notify, reset, off, on',
      )
        .argParser(read.stepList)
        .default([], 'nothing'),
      new Option('--keys <KEYS>', 'keys pressed before that, each once its screen is there: "Srvcs 4 Yes"')
        .argParser(read.unsaid('--keys', read.keyList))
        .default([], 'none'),
      new Option(
        '--answer <QUESTION=ANSWER>',
        'answer a question without keys, each time it is asked: accept-fingerprint=yes, pkcs12-password=TEXT; may be repeated',
      )
        .argParser(read.questionAnswer)
        .default(undefined, 'none: it waits its minute'),
      new Option(
        '--notify <[ADDRESS:]PORT>',
        'listen for SIP NOTIFY check-sync here, and stay up for it; without ADDRESS on that of the phone (0: a free port)',
      ).argParser(read.listenPlace),
      new Option(
        '--notify-from <ANY|ADDRESSES>',
        'who may send it beside SERVER_IPx_y, whatever PROXY_CHECKING says',
      ).argParser(read.senders),
    ]),
    ...inGroup('The verdict, and what is written', [
      new Option('--fail-on <SEVERITY>', 'a problem this severe fails the run')
        .choices(severities)
        .default('error'),
      new Option('--allow <CODES>', 'do not fail for these codes, such as NOT_FOUND:USER_CONFIG')
        .argParser(read.allowances)
        .default([], 'none'),
      new Option('--ecr-log <FILE>', "write the phone's error log here"),
      new Option('--security-log <FILE>', "write the phone's security log here"),
    ]),
  ];
}
