import { isIPv4, isIPv6 } from 'node:net';
import { type Answer, answerFrom, answerWith, notFound, refusalIn } from './answer.ts';
import type { ServedFile } from './file-store.ts';
import { resolveFtpPath } from './ftp-path.ts';
import { sendFile } from './ftp-send-file.ts';
import type { FtpSession } from './ftp-session.ts';
import { faultless } from './phone-faults.ts';
import { textOfFtpReply } from './refusal-texts.ts';
import { onPurpose } from './served-request.ts';
import type { ServerFaults } from './server-faults.ts';

/** RFC 959 section 4.1.2. */
export async function passive({ data }: FtpSession): Promise<string> {
  if (!isIPv4(data.local)) return '425 PASV is for IPv4; use EPSV.';
  const port = await data.listen();
  if (port === undefined) return '425 No port is left.';
  return `227 Entering Passive Mode (${data.local.replaceAll('.', ',')},${port >> 8},${port & 255}).`;
}

/** RFC 2428 section 3. */
export async function extendedPassive({ data }: FtpSession, argument: string): Promise<string> {
  if (/^ALL$/i.test(argument)) return '200 OK.';
  const own = isIPv6(data.local) ? '2' : '1';
  if (argument !== '' && argument !== own) return `522 Network not supported, use (${own})`;
  const port = await data.listen();
  return port === undefined ? '425 No port is left.' : `229 Entering Extended Passive Mode (|||${port}|)`;
}

export function active(session: FtpSession, argument: string): string {
  const [, address = '', high, low] = /^(\d+,\d+,\d+,\d+),(\d{1,3}),(\d{1,3})$/.exec(argument) ?? [];
  return target(session, address.replaceAll(',', '.'), Number(high) * 256 + Number(low));
}

/** RFC 2428 section 2. */
export function extendedActive(session: FtpSession, argument: string): string {
  const [, , address = '', port] = /^([!-~])[12]\1(.+?)\1(\d{1,5})\1$/.exec(argument) ?? [];
  return target(session, address, Number(port));
}

/** Only to the phone itself and no well-known port: else a server attacks others for clients (RFC 2577). */
function target({ data }: FtpSession, address: string, port: number): string {
  if (address !== data.peer || !(port >= 1024 && port <= 65_535)) return '500 Not a port of yours.';
  data.target(port);
  return '200 OK, will connect there.';
}

/** One fact of a file (SIZE, MDTM), if it is there. */
export function aboutFile(session: FtpSession, name: string, about: (file: ServedFile) => string): string {
  const file = find(session, name);
  return file === undefined ? '550 No such file.' : `213 ${about(file)}`;
}

/** RFC 3659 section 2.3: `YYYYMMDDHHMMSS`, UTC. */
export function modificationTime(file: ServedFile): string {
  return new Date(file.modifiedMs).toISOString().slice(0, 19).replace(/\D/g, '');
}

/** RFC 3659 section 5: where the next RETR starts. */
export function restart(session: FtpSession, offset: string): string {
  if (!/^\d{1,15}$/.test(offset)) return '501 REST takes a number of bytes.';
  session.restartAt = Number(offset);
  return `350 The next transfer starts at ${session.restartAt}.`;
}

/** Sends one file and tells of it, whatever became of it. */
export async function retrieve(session: FtpSession, name: string): Promise<string | undefined> {
  const { clock, onRequest } = session.options;
  const startedMs = clock.now();
  const answer = answerTo(session, name);
  const { result, bytes, reply } = (await session.pass(answer.latencyMs))
    ? await transfer(session, answer)
    : gone;
  // Told before the client hears the end: who reads the list afterwards misses nothing.
  onRequest?.({
    protocol: 'ftp',
    peer: session.peer,
    path: name,
    result,
    bytes,
    ms: clock.now() - startedMs,
    ...onPurpose(answer),
  });
  // RFC 959 section 5.4: 421 closes the control connection.
  return reply?.startsWith('421') ? session.close(reply) : reply;
}

/** The client left while it was made to wait. */
const gone = { result: 'aborted', bytes: 0, reply: undefined };

function answerTo(session: FtpSession, name: string): Answer {
  const faults: ServerFaults = session.options.faults ?? faultless;
  const path = resolveFtpPath(session.directory, name);
  const answer = path === undefined ? answerWith(undefined) : answerFrom(session.options.store, path);
  return faults.alter({ protocol: 'ftp', path: path ?? name, address: session.address }, answer);
}

async function transfer(session: FtpSession, answer: Answer) {
  const { data } = session;
  const { file } = answer;
  const offset = session.restartAt;
  session.restartAt = 0;
  const refusal = refusalIn(answer);
  if (refusal !== undefined || file === undefined) {
    const { ftp } = refusal ?? notFound;
    return refused(session, `${ftp} ${textOfFtpReply(ftp)}`);
  }
  if (offset > file.sizeBytes) return refused(session, '554 REST is beyond the end.');
  if (!data.ready) return refused(session, '425 Use PASV or PORT first.');
  const socket = await data.open();
  if (socket === undefined) return refused(session, '425 No data connection.');
  session.write(`150 Opening BINARY mode data connection (${file.sizeBytes - offset} bytes).`);
  const { clock } = session.options;
  const reset = () => session.reset();
  const { result, bytes } = await sendFile({ file, answer, socket, offset, clock, reset });
  return { result: results[result], bytes, reply: closings[result] };
}

/** As the list of requests has them. */
const results = { sent: 'sent', cut: 'aborted', aborted: 'aborted', unreadable: 'unreadable' } as const;

const closings = {
  sent: '226 Transfer complete.',
  cut: `426 ${textOfFtpReply(426)}`,
  aborted: '426 Data connection closed, transfer aborted.',
  unreadable: `451 ${textOfFtpReply(451)}`,
} as const;

function refused({ data }: FtpSession, reply: string) {
  data.close();
  return { result: reply.slice(0, 3), bytes: 0, reply };
}

/** A store can be asked for a file, not for a list of them: the list is empty. */
export async function list(session: FtpSession): Promise<string> {
  const { data } = session;
  if (!data.ready) return '425 Use PASV or PORT first.';
  const socket = await data.open();
  if (socket === undefined) return '425 No data connection.';
  session.write('150 Here comes the list; this server keeps none.');
  socket.end();
  return '226 Done.';
}

function find(session: FtpSession, name: string): ServedFile | undefined {
  const path = resolveFtpPath(session.directory, name);
  return path === undefined ? undefined : session.options.store.find(path);
}
