import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';

/** One control connection as a script sees it. */
export interface ScriptedSession {
  readonly control: Socket;
  /** Sends a line as it stands, with CRLF. */
  say(line: string): void;
  /** The data connection that EPSV or PASV led to. */
  data(): Promise<Socket>;
  /** Opens a data port and returns its number. */
  openDataPort(): Promise<number>;
}

/** A line to answer with, or anything at all. */
export type Answer = string | ((session: ScriptedSession, argument: string) => unknown);

/**
 * `''` is what is said on connecting; the rest are commands. Missing ones are answered as a good server
 * would.
 */
export type Script = Readonly<Record<string, Answer>>;

export interface ScriptedFtpServer {
  readonly port: number;
  /** Every command line received, over all sessions. */
  readonly commands: readonly string[];
  readonly sessionCount: () => number;
  /** Remote addresses of control and data connections, in order. */
  readonly peers: readonly string[];
  /** Resolves when the first session is over. */
  readonly firstSessionOver: Promise<void>;
  close(): Promise<void>;
}

export const body = 'DOWNLOAD_MODE AUTO\n';

const goodServer: Script = {
  '': '220 ready',
  USER: '331 password?',
  PASS: '230 in',
  TYPE: '200 binary',
  EPSV: async (session) => session.say(`229 Extended (|||${await session.openDataPort()}|)`),
  PASV: async (session) => {
    const port = await session.openDataPort();
    session.say(`227 Passive (127,0,0,1,${port >> 8},${port & 255})`);
  },
  RETR: async (session) => {
    const data = await session.data();
    session.say('150 here it comes');
    data.end(body);
    session.say('226 done');
  },
  QUIT: (session) => {
    session.control.end('221 bye\r\n');
  },
};

/** A server that does exactly what a test tells it to, bytes and order included. */
export async function scriptedFtpServer(script: Script, host = '127.0.0.1'): Promise<ScriptedFtpServer> {
  const answers: Script = { ...goodServer, ...script };
  const commands: string[] = [];
  const peers: string[] = [];
  const sockets = new Set<Socket>();
  const servers = new Set<Server>();
  let sessions = 0;
  let over: () => void = () => {};
  const firstSessionOver = new Promise<void>((resolve) => {
    over = resolve;
  });
  const track = (socket: Socket) => {
    sockets.add(socket);
    peers.push(socket.remoteAddress ?? '');
    socket.on('error', () => {});
  };
  const control = createServer({ noDelay: true }, (socket) => {
    sessions++;
    track(socket);
    socket.once('close', over);
    let arrival: Promise<Socket> | undefined;
    const session: ScriptedSession = {
      control: socket,
      say: (line) => void socket.write(`${line}\r\n`),
      data: () => arrival ?? Promise.reject(new Error('No data port was opened')),
      async openDataPort() {
        const listener = createServer();
        servers.add(listener);
        arrival = once(listener, 'connection').then(([data]: Socket[]) => {
          if (data === undefined) throw new Error('A connection has a socket');
          track(data);
          return data;
        });
        listener.listen(0, host);
        await once(listener, 'listening');
        return portOf(listener);
      },
    };
    const play = (verb: string, argument: string) => {
      const answer = answers[verb] ?? '500 unknown';
      if (typeof answer === 'string') session.say(answer);
      else void answer(session, argument);
    };
    let text = '';
    socket.on('data', (bytes) => {
      text += bytes.toString();
      for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n')) {
        const line = text.slice(0, end);
        text = text.slice(end + 2);
        commands.push(line);
        play(line.slice(0, 4).trim(), line.slice(5));
      }
    });
    play('', '');
  });
  servers.add(control);
  control.listen(0, host);
  await once(control, 'listening');
  return {
    port: portOf(control),
    commands,
    peers,
    sessionCount: () => sessions,
    firstSessionOver,
    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all([...servers].map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port');
  return address.port;
}
