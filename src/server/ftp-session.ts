import type { Socket } from 'node:net';
import type { Timer } from '../clock/clock.ts';
import { plainAddress } from '../transport/ftp-address.ts';
import { ftpCommands, openToAll } from './ftp-commands.ts';
import { FtpDataChannel } from './ftp-data-channel.ts';
import type { FtpPassivePorts } from './ftp-passive-ports.ts';
import type { FtpServerOptions } from './ftp-server.ts';

/** A client that says nothing and fetches nothing for so long is told 421; vsftpd's default too. */
const IDLE_MAX_MS = 300_000;
const LINE_BYTES_MAX = 4_096;
/** Commands sent ahead of their turn, while a file is on its way. */
const WAITING_COMMANDS_MAX = 64;

/** One control connection: reads lines, answers each in turn, knows who is logged in and where. */
export class FtpSession {
  readonly options: FtpServerOptions;
  readonly peer: string;
  /** Of the phone, without its port. */
  readonly address: string;
  readonly data: FtpDataChannel;
  /** Named by USER, not yet proven. */
  claimedUser: string | undefined;
  loggedIn: boolean = false;
  failedLogins = 0;
  /** Virtual, `/` is the root of the store. */
  directory = '/';
  /** Where the next RETR starts (REST), in bytes. */
  restartAt = 0;
  readonly #socket: Socket;
  readonly #waiting: string[] = [];
  #partial: Buffer = Buffer.alloc(0);
  #busy: boolean = false;
  #idle: Timer;

  constructor(socket: Socket, options: FtpServerOptions, ports: FtpPassivePorts) {
    this.#socket = socket;
    this.options = options;
    const { clock } = options;
    const [local, peer] = [plainAddress(socket.localAddress), plainAddress(socket.remoteAddress)];
    this.address = peer;
    this.peer = `${peer}:${socket.remotePort}`;
    this.data = new FtpDataChannel({ local, peer, clock }, ports);
    this.#armIdle();
    socket.on('data', (bytes: Buffer) => this.#read(bytes));
    socket.on('error', () => {}); // 'close' follows and does the work.
    socket.once('close', () => this.#end());
    this.write('220 deskphone provisioning server');
  }

  write(reply: string): void {
    if (this.#socket.writable) this.#socket.write(`${reply}\r\n`);
  }

  /** The last line, then the end: of the control connection and of what it started. */
  close(lastLine: string): undefined {
    if (this.#socket.writable) this.#socket.end(`${lastLine}\r\n`);
    else this.#socket.destroy();
    this.data.close();
  }

  /** Waits for so long; false: the session ended meanwhile. Infinite: until then. */
  pass(ms: number): Promise<boolean> {
    const { clock } = this.options;
    return new Promise((resolve) => {
      if (ms === 0) return resolve(true);
      const left = () => {
        clock.clearTimeout(timer);
        resolve(false);
      };
      const passed = () => {
        this.#socket.off('close', left);
        resolve(true);
      };
      const timer = ms === Number.POSITIVE_INFINITY ? undefined : clock.setTimeout(passed, ms);
      this.#socket.once('close', left);
    });
  }

  /** Breaks it off without a word, its data connection first. */
  reset(): void {
    this.data.reset();
    this.#socket.resetAndDestroy();
  }

  #read(bytes: Buffer): void {
    this.#armIdle();
    let rest = this.#partial.length === 0 ? bytes : Buffer.concat([this.#partial, bytes]);
    for (let end = rest.indexOf(0x0a); end >= 0; end = rest.indexOf(0x0a)) {
      this.#hear(textOf(rest.subarray(0, end)));
      rest = rest.subarray(end + 1);
    }
    this.#partial = rest;
    if (rest.length > LINE_BYTES_MAX) this.close('500 Line too long.');
  }

  #hear(line: string): void {
    // ABOR is for the transfer under way; all else waits for its turn.
    if (this.#busy && /^ABOR\b/i.test(line)) this.data.close();
    if (this.#waiting.push(line) > WAITING_COMMANDS_MAX) this.close('421 Too many commands at once.');
    else if (!this.#busy) void this.#answerWaiting();
  }

  async #answerWaiting(): Promise<void> {
    this.#busy = true;
    for (let line = this.#waiting.shift(); line !== undefined; line = this.#waiting.shift()) {
      if (!this.#socket.writable) break;
      await this.#answer(line);
    }
    this.#busy = false;
    this.#armIdle();
  }

  async #answer(line: string): Promise<void> {
    const [, verb = '', argument = ''] = /^([A-Za-z]*) ?(.*)$/s.exec(line) ?? [];
    const name = verb.toUpperCase();
    const command = ftpCommands.get(name);
    if (command === undefined) return this.write('500 Unknown command.');
    if (!this.loggedIn && !openToAll.has(name)) return this.write('530 Please log in with USER and PASS.');
    const reply = await command(this, argument);
    if (reply !== undefined) this.write(reply);
  }

  #armIdle(): void {
    const { clock } = this.options;
    clock.clearTimeout(this.#idle);
    this.#idle = clock.setTimeout(() => {
      if (this.#busy) this.#armIdle();
      else this.close('421 Timeout.');
    }, IDLE_MAX_MS);
  }

  #end(): void {
    this.options.clock.clearTimeout(this.#idle);
    this.#waiting.length = 0;
    this.data.close();
  }
}

/** A line without its end, nor the Telnet codes that clients put before ABOR (RFC 959 section 4.1.3). */
function textOf(bytes: Buffer): string {
  const clean = bytes.includes(0xff)
    ? Buffer.from(bytes.toString('latin1').replace(/\xff[\xf0-\xfe]/g, ''), 'latin1')
    : bytes;
  return clean.toString('utf8').replace(/\r$/, '');
}
