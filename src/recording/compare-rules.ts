import { WAITS_MS } from '../transport/tftp-patience.ts';
import type { Capture } from './capture.ts';
import type { Conduct } from './compare-conduct.ts';

/** What a capture says of a rule that is assumed and has no switch. */
export interface RuleVerdict {
  readonly rule: string;
  /** Where it stands in the source. */
  readonly where: string;
  readonly verdict: 'settled' | 'refuted' | 'no-evidence';
  readonly expected: string;
  /** What the capture shows; absent: nothing of it. */
  readonly captured?: string;
}

interface Sides {
  readonly capture: Capture;
  readonly address: string;
  /** Of the captured phone. */
  readonly theirs: Conduct;
  /** Of ours, with the switches that come nearest. */
  readonly ours: Conduct;
}

interface Shown {
  readonly expected: string;
  readonly captured: string | undefined;
  readonly agrees: boolean;
}

interface Rule {
  readonly says: string;
  readonly where: string;
  readonly look: (sides: Sides) => Shown;
}

const rules: readonly Rule[] = [
  {
    says: 'TFTP: requests and acknowledgements are repeated after 1, 2, 4, 8, 8 s, at most six sendings',
    where: 'src/transport/tftp-patience.ts',
    look: tftpWaits,
  },
  {
    says: 'TFTP: no options are asked for',
    where: 'src/transport/tftp-options.ts',
    look: ({ capture, address }) => {
      const asked = capture.tftp.filter((one) => one.address === address);
      const options = new Set(asked.flatMap((one) => [...one.options.keys()]));
      return shown('none', asked.length === 0 ? undefined : [...options].join(', ') || 'none');
    },
  },
  {
    says: 'TFTP: a new local port for each file',
    where: 'src/transport/tftp.ts',
    look: ({ capture, address }) => {
      const ports = capture.tftp.filter((one) => one.address === address).map(({ port }) => port);
      const kept = ports.some((port, index) => port === ports[index - 1]);
      return shown('a new one', ports.length < 2 ? undefined : kept ? 'the same again' : 'a new one');
    },
  },
  {
    says: 'FTP: USER, PASS, TYPE I, EPSV, RETR, QUIT and no more',
    where: 'src/transport/ftp.ts',
    look: (sides) => sameIn('ftp-commands', sides),
  },
  {
    says: 'HTTP: Host, User-Agent, Connection, in this order and no more',
    where: 'src/transport/http-file.ts',
    look: (sides) => sameIn('http-headers', sides),
  },
  {
    says: 'HTTP: a 503 is asked again after 1 s',
    where: 'src/transport/http-file.ts',
    look: (sides) => sameIn('http-pauses', sides),
  },
  {
    says: 'DHCP: the client identifier has the hardware type before the MAC',
    where: 'src/network/dhcp-messages.ts',
    look: ({ capture, address }) => {
      const mac = capture.macs.get(address);
      const sent = capture.dhcp.filter((message) => message.mac === mac);
      return shown(`01${mac ?? ''}`, sent.length === 0 ? undefined : (sent[0]?.clientIdentifier ?? 'none'));
    },
  },
];

/** What the capture says of each of them. */
export function judgeRules(sides: Sides): readonly RuleVerdict[] {
  return rules.map(({ says, where, look }) => {
    const { expected, captured, agrees } = look(sides);
    if (captured === undefined) return { rule: says, where, verdict: 'no-evidence', expected };
    return { rule: says, where, verdict: agrees ? 'settled' : 'refuted', expected, captured };
  });
}

function shown(expected: string, captured: string | undefined): Shown {
  return { expected, captured, agrees: expected === captured };
}

function sameIn(aspect: 'ftp-commands' | 'http-headers' | 'http-pauses', { theirs, ours }: Sides): Shown {
  const [captured = [], expected = []] = [theirs[aspect], ours[aspect]];
  return shown(expected.join('; '), captured.length === 0 ? undefined : captured.join('; '));
}

/** Of a wait: clocks of phones and queues of networks. */
const TOLERANCE_MS = 300;

/** The series that one transfer went through says most when it was given up. */
function tftpWaits({ capture, address }: Sides): Shown {
  const own = capture.tftp.filter((one) => one.address === address);
  const series = own.flatMap(({ pausesMs, silencesMs }) => [pausesMs, ...silencesMs]);
  const [longest = []] = series.toSorted((a, b) => b.length - a.length);
  const sayS = (waits: readonly number[]) => waits.map((ms) => (ms / 1_000).toFixed(1)).join(', ');
  const expected = sayS(longest.length === 0 ? WAITS_MS : WAITS_MS.slice(0, longest.length));
  if (longest.length === 0) return { expected, captured: undefined, agrees: false };
  const fits = (waits: readonly number[]) =>
    waits.length < WAITS_MS.length &&
    waits.every((ms, index) => Math.abs(ms - (WAITS_MS[index] ?? 0)) <= TOLERANCE_MS);
  const givenUp = own.filter(({ result }) => result === 'TIMEOUT');
  const agrees = series.every(fits) && givenUp.every(({ attempts }) => attempts === WAITS_MS.length);
  return { expected, captured: sayS(longest), agrees };
}
