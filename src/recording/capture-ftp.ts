import { failureOfReply } from '../transport/ftp-failure.ts';
import type { SeenFile } from './capture-seen.ts';
import type { Connection, Endpoint } from './pcap-tcp-connections.ts';
import type { Stream } from './pcap-tcp-stream.ts';

/** A command of the phone, and what the server first said to it. */
export interface SeenCommand {
  readonly atMs: number;
  readonly packet: number;
  /** In capitals. */
  readonly verb: string;
  /** Without that of PASS. */
  readonly argument: string;
  /** Undefined: none came. */
  readonly reply?: number;
}

/** An FTP session as a wire saw it. */
export interface SeenFtp {
  readonly client: string;
  readonly server: string;
  readonly openedAtMs: number;
  readonly commands: readonly SeenCommand[];
  /** Whether a password went with PASS. */
  readonly password: 'empty' | 'given' | 'not-asked';
  readonly files: readonly (SeenFile & { readonly protocol: 'ftp' })[];
}

const LINE_BYTES_MAX = 4_096;
/** Of one session. Our own bound. */
const LINES_MAX = 20_000;

/** Reads a connection as an FTP session, with its data among the others; undefined: it is none. */
export function seenFtp(connection: Connection, all: readonly Connection[]): SeenFtp | undefined {
  const { asked, answered, client, server, openedAtMs } = connection;
  if (!/^(?:220|120|421)[ -]/.test(answered.bytes.toString('latin1', 0, 4))) return undefined;
  if (!/^(?:USER|AUTH|FEAT|QUIT|SYST|HELP|OPTS)\b/i.test(asked.bytes.toString('latin1', 0, 8)))
    return undefined;
  const dialogue = dialogueOf(linesIn(asked), repliesIn(answered));
  const commands = dialogue.map(({ atMs, packet, verb, argument, replies }) => ({
    atMs,
    packet,
    verb,
    argument: verb === 'PASS' ? '' : argument,
    ...(replies[0] && { reply: replies[0].code }),
  }));
  const pass = dialogue.find(({ verb }) => verb === 'PASS');
  return {
    client: client.address,
    server: server.address,
    openedAtMs,
    commands,
    password: pass === undefined ? 'not-asked' : pass.argument === '' ? 'empty' : 'given',
    files: dialogue.flatMap((turn, index) =>
      turn.verb === 'RETR' ? [fileOf(connection, { turn, before: dialogue.slice(0, index), all })] : [],
    ),
  };
}

interface Line {
  readonly atMs: number;
  readonly packet: number;
  readonly text: string;
}

interface Reply extends Line {
  readonly code: number;
}

interface Turn extends Omit<SeenCommand, 'reply'> {
  readonly replies: readonly Reply[];
}

function linesIn({ bytes, atMs, packet }: Stream): readonly Line[] {
  const lines: Line[] = [];
  for (let offset = 0; offset < bytes.length && lines.length < LINES_MAX; ) {
    const end = bytes.indexOf(0x0a, offset);
    if (end === -1) break;
    const text = bytes.toString('utf8', offset, Math.min(end, offset + LINE_BYTES_MAX)).replace(/\r$/, '');
    lines.push({ atMs: atMs(end), packet: packet(offset), text });
    offset = end + 1;
  }
  return lines;
}

/** RFC 959, 4.2: a reply of several lines ends with its code and a blank. */
function repliesIn(stream: Stream): readonly Reply[] {
  const replies: Reply[] = [];
  let open: string | undefined;
  for (const line of linesIn(stream)) {
    const [, code, mark] = /^(\d{3})([ -]|$)/.exec(line.text) ?? [];
    if (open !== undefined && (code !== open || mark === '-')) continue;
    open = mark === '-' ? code : undefined;
    if (open === undefined && code !== undefined) replies.push({ ...line, code: Number(code) });
  }
  return replies;
}

/** Each command with the replies up to its end. The first reply is the banner, which answers nobody. */
function dialogueOf(lines: readonly Line[], replies: readonly Reply[]): readonly Turn[] {
  let next = replies.findIndex(({ code }) => code >= 200) + 1;
  return lines.map(({ atMs, packet, text }) => {
    const [, verb = '', argument = ''] = /^(\S*) ?(.*)$/s.exec(text) ?? [];
    const own: Reply[] = [];
    for (let reply = replies[next]; reply !== undefined; reply = replies[next]) {
      own.push(reply);
      next += 1;
      if (reply.code >= 200) break;
    }
    return { atMs, packet, verb: verb.toUpperCase(), argument, replies: own };
  });
}

interface Retrieval {
  readonly turn: Turn;
  /** The dialogue up to it. */
  readonly before: readonly Turn[];
  readonly all: readonly Connection[];
}

function fileOf(control: Connection, { turn, before, all }: Retrieval): SeenFtp['files'][number] {
  const { client, server, closedAtMs } = control;
  const data = dataOf(control, before, all, turn);
  const stream = data === undefined ? undefined : [data.answered, data.asked].find((one) => one.bytes.length);
  const bytes = stream?.bytes.length ?? 0;
  const last = turn.replies.at(-1);
  const user = before.findLast(({ verb }) => verb === 'USER')?.argument;
  const result = resultOf(last, bytes, closedAtMs);
  return {
    protocol: 'ftp',
    atMs: turn.atMs,
    packet: turn.packet,
    address: client.address,
    server: server.address,
    file: turn.argument,
    result,
    bytes,
    ms: (last?.atMs ?? turn.atMs) - turn.atMs,
    attempts: 1,
    pausesMs: [],
    ...(result === 'ok' && bodyOf(data, stream)),
    ...(user !== undefined && { user }),
  };
}

/** An empty file has a connection of its own too. */
function bodyOf(data: Connection | undefined, stream: Stream | undefined): { readonly body?: Buffer } {
  if (data === undefined) return {};
  if (stream === undefined) return { body: Buffer.alloc(0) };
  return stream.whole(0, stream.bytes.length) ? { body: stream.bytes } : {};
}

function resultOf(
  last: Reply | undefined,
  bytes: number,
  closedAtMs: number | undefined,
): SeenFile['result'] {
  if (last === undefined || last.code < 200) return closedAtMs === undefined ? 'unknown' : 'TRUNCATED';
  return last.code < 300 ? 'ok' : failureOfReply('RETR', { code: last.code, message: '' }, bytes).code;
}

/** The data connection that was agreed on last before RETR. */
function dataOf(
  control: Connection,
  before: readonly Turn[],
  all: readonly Connection[],
  { atMs, replies }: Turn,
): Connection | undefined {
  const agreed = before.findLast(
    ({ verb, replies: [reply] }) => isOfData(verb) && (reply?.code ?? 500) < 300,
  );
  const end = agreed && endpointOf(agreed, control);
  if (agreed === undefined || end === undefined) return undefined;
  const untilMs = replies.at(-1)?.atMs ?? atMs;
  return all.findLast(
    ({ client, server, openedAtMs }) =>
      server.port === end.port &&
      [client.address, server.address].includes(end.address) &&
      openedAtMs >= agreed.atMs &&
      openedAtMs <= untilMs,
  );
}

function isOfData(verb: string): boolean {
  return ['PASV', 'EPSV', 'PORT', 'EPRT'].includes(verb);
}

/** Who listens for the data. RFC 959, 4.1.2; RFC 2428. */
function endpointOf({ verb, argument, replies }: Turn, { client, server }: Connection): Endpoint | undefined {
  const { address } = verb === 'PASV' || verb === 'EPSV' ? server : client;
  const text = verb === 'PASV' || verb === 'EPSV' ? (replies[0]?.text.slice(4) ?? '') : argument;
  if (verb === 'EPSV' || verb === 'EPRT') {
    const port = /(?:\(([!-~])\1\1|^([!-~])[12]\2[^\s]*\2)(\d{1,5})[!-~]/.exec(text)?.[3];
    return port === undefined ? undefined : { address, port: Number(port) };
  }
  const numbers = /(?:\d{1,3},){4}(\d{1,3}),(\d{1,3})/.exec(text);
  return numbers === null ? undefined : { address, port: Number(numbers[1]) * 256 + Number(numbers[2]) };
}
