import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Clock } from '../clock/clock.ts';
import type { SeenFtp } from './capture-ftp.ts';
import { listen, type Replay, type ReplayLine, startReplay } from './compare-recorder.ts';

/** A session as the captured server held it: what it refused it refuses, whatever else is asked it does. */
export function replayFtp(clock: Clock, sessions: readonly SeenFtp[]): Promise<Replay> {
  return startReplay(clock, (line) => {
    const session = new Session(line, sessions);
    line.say('220 as captured\r\n');
    let heard = '';
    let work = Promise.resolve();
    return (chunk) => {
      heard += chunk.toString('utf8');
      for (let end = heard.indexOf('\r\n'); end >= 0; end = heard.indexOf('\r\n')) {
        const command = heard.slice(0, end);
        heard = heard.slice(end + 2);
        work = work.then(() => session.obey(command)).catch(() => session.end());
      }
    };
  });
}

const usualReplies: Readonly<Record<string, number>> = { USER: 331, PASS: 230, QUIT: 221 };

class Session {
  readonly #line: ReplayLine;
  readonly #sessions: readonly SeenFtp[];
  #listening: Server | undefined;
  #data: Promise<Socket> | undefined;

  constructor(line: ReplayLine, sessions: readonly SeenFtp[]) {
    this.#line = line;
    this.#sessions = sessions;
    line.socket.on('close', () => this.end());
  }

  async obey(command: string): Promise<void> {
    const [, verb = '', argument = ''] = /^(\S*) ?(.*)$/s.exec(command) ?? [];
    const captured = this.#sessions
      .flatMap(({ commands }) => commands)
      .find((one) => one.verb === verb)?.reply;
    if (verb === 'RETR') return this.#send(argument);
    if (captured !== undefined && captured >= 400) return this.#reply(captured);
    switch (verb) {
      case 'EPSV':
        return this.#reply(229, `(|||${await this.#listen()}|)`);
      case 'PASV': {
        const port = await this.#listen();
        return this.#reply(227, `(127,0,0,1,${port >> 8},${port & 255})`);
      }
      case 'PORT': {
        const [high = 0, low = 0] = argument.split(',').slice(4).map(Number);
        return this.#callBack(high * 256 + low);
      }
      case 'EPRT':
        return this.#callBack(Number(argument.split('|')[3]));
      default:
        this.#reply(captured ?? usualReplies[verb] ?? 200);
        if (verb === 'QUIT') this.#line.socket.end();
    }
  }

  end(): void {
    this.#listening?.close();
    this.#data?.then((socket) => socket.destroy()).catch(() => {});
    this.#line.socket.destroy();
  }

  async #listen(): Promise<number> {
    this.#listening?.close();
    const server = createServer();
    this.#listening = server;
    this.#data = new Promise((resolve) => server.once('connection', resolve));
    return listen(server);
  }

  #callBack(port: number): void {
    const socket = connect(port, this.#line.socket.remoteAddress);
    this.#data = new Promise((resolve, reject) => {
      socket.once('connect', () => resolve(socket));
      socket.once('error', reject);
    });
    this.#data.catch(() => {});
    this.#reply(200);
  }

  async #send(file: string): Promise<void> {
    const seen = this.#sessions.flatMap(({ files }) => files).find((one) => one.file === file);
    if (seen?.result !== 'ok' || this.#data === undefined) return this.#reply(550);
    this.#reply(150);
    const socket = await this.#data;
    socket.on('error', () => socket.destroy());
    await new Promise<void>((resolve) => socket.end(seen.body ?? Buffer.alloc(0), resolve));
    this.#listening?.close();
    this.#data = undefined;
    this.#reply(226);
  }

  #reply(code: number, text = 'as captured'): void {
    this.#line.say(`${code} ${text}\r\n`);
  }
}
