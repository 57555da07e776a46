import { createServer, type Socket } from 'node:net';
import type { Clock } from '../clock/clock.ts';
import type { FileStore } from './file-store.ts';
import { FtpPassivePorts } from './ftp-passive-ports.ts';
import { FtpSession } from './ftp-session.ts';
import { listenTcp } from './listen-tcp.ts';
import type { RunningServer, ServedRequestListener } from './served-request.ts';
import type { ServerFaults } from './server-faults.ts';

/** Everything one FTP server knows; its sessions share it. */
export interface FtpServerOptions {
  readonly store: FileStore;
  readonly clock: Clock;
  /** Address to listen on; data connections use the one the phone came to. */
  readonly listen: string;
  /** 0: a free one. */
  readonly port: number;
  /** Passwords by user name. */
  readonly users: ReadonlyMap<string, string>;
  readonly anonymous: 'allowed' | 'refused';
  /** Told of each RETR when it ended. */
  readonly onRequest?: ServedRequestListener;
  /** What goes wrong on purpose; nothing if not given. */
  readonly faults?: ServerFaults;
}

/** Sessions at once; the next one is answered 421. Ours: well above what one machine's phones need. */
const SESSIONS_MAX = 10_000;

/** A read-only FTP server for one tree (RFC 959, 2389, 2428, 3659), enough for phones, curl, wget, lftp. */
export async function startFtpServer(options: FtpServerOptions): Promise<RunningServer> {
  const ports = new FtpPassivePorts();
  const sessions = new Map<Socket, FtpSession>();
  const server = createServer({ noDelay: true }, (socket) => {
    if (sessions.size >= SESSIONS_MAX) {
      socket.on('error', () => {});
      socket.end('421 Too many sessions.\r\n');
      return;
    }
    sessions.set(socket, new FtpSession(socket, options, ports));
    socket.once('close', () => sessions.delete(socket));
  });
  const port = await listenTcp(server, { host: options.listen, port: options.port, backlog: 1024 });
  return {
    port,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        ports.close();
        for (const [socket, session] of sessions) {
          session.close('421 Server is shutting down.');
          socket.destroy();
        }
      }),
  };
}
