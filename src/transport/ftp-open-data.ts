import { isIPv4 } from 'node:net';
import type { FtpControl } from './ftp-control.ts';
import type { FtpData } from './ftp-data.ts';
import type { FtpDeadline } from './ftp-deadline.ts';
import { FtpFailure, type FtpReply, failureOfReply } from './ftp-failure.ts';
import type { FileRequest } from './transport.ts';

/** How the data connection comes about; `epsv` falls back to PASV where a server refuses EPSV with a 5xx. */
export type FtpMode = 'epsv' | 'pasv' | 'port';

/** Makes ready for one file's data: connected to the server (passive), or listening for it (active). */
export async function openData(
  mode: FtpMode,
  session: {
    readonly control: FtpControl;
    readonly data: FtpData;
    readonly deadline: FtpDeadline;
    readonly request: FileRequest;
  },
): Promise<void> {
  const { control, data, deadline, request } = session;
  if (mode === 'port') {
    const port = await data.listen(control.localAddress, control.remoteAddress);
    await expectOk(session, activeCommand(control.localAddress, port));
    return;
  }
  const port = (mode === 'epsv' && (await extendedPassivePort(session))) || (await passivePort(session));
  deadline.connecting('data connection');
  // Whatever address the server named: data comes from the host that was asked, or not at all.
  await data.connect({ host: control.remoteAddress, port }, request.localAddress);
}

interface Asking {
  readonly control: FtpControl;
  readonly deadline: FtpDeadline;
  readonly request: FileRequest;
}

/** RFC 2428 section 3; nothing if the server does not know EPSV. */
async function extendedPassivePort({ control, deadline }: Asking): Promise<number | undefined> {
  if (control.epsvRefused) return undefined;
  deadline.silent('answer to EPSV');
  const reply = await control.ask('EPSV');
  if (reply.code >= 500) {
    control.epsvRefused = true;
    return undefined;
  }
  if (reply.code !== 229) throw failureOfReply('EPSV', reply);
  return portFrom('EPSV', reply, /\(([!-~])\1\1(\d{1,5})\1\)/.exec(reply.message)?.[2]);
}

/** RFC 959 section 4.1.2; the numbers stand anywhere in the text (RFC 1123 section 4.1.2.6). */
async function passivePort({ control, deadline, request }: Asking): Promise<number> {
  deadline.silent('answer to PASV');
  const reply = await control.ask('PASV');
  if (reply.code !== 227) throw failureOfReply('PASV', reply);
  const numbers = /(?<!\d)(\d{1,3}(?:,\d{1,3}){3}),(\d{1,3}),(\d{1,3})(?!\d)/.exec(reply.message.slice(4));
  const address = numbers?.[1]?.replaceAll(',', '.');
  if (address !== undefined && address !== control.remoteAddress) {
    request.onEvent?.({
      type: 'told',
      code: 'FTP_FOREIGN_ADDRESS',
      message: `The server offers its data at ${address}; only ${control.remoteAddress} is asked.`,
    });
  }
  const [high, low] = [Number(numbers?.[2]), Number(numbers?.[3])];
  return portFrom('PASV', reply, high < 256 && low < 256 ? high * 256 + low : undefined);
}

function portFrom(command: string, reply: FtpReply, digits: string | number | undefined): number {
  const port = Number(digits);
  if (port >= 1 && port <= 65_535) return port;
  throw new FtpFailure('PROTOCOL', `${command}: no port in "${reply.message}"`, { reply });
}

function activeCommand(address: string, port: number): string {
  if (!isIPv4(address)) return `EPRT |2|${address}|${port}|`;
  return `PORT ${address.replaceAll('.', ',')},${port >> 8},${port & 255}`;
}

async function expectOk({ control, deadline }: Asking, command: string): Promise<void> {
  const verb = command.slice(0, 4);
  deadline.silent(`answer to ${verb}`);
  const reply = await control.ask(command);
  if (reply.code !== 200) throw failureOfReply(verb, reply);
}
