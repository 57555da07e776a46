import { once } from 'node:events';
import { createServer } from 'node:net';
import { find } from './find.mjs';

/**
 * Data ports are opened once and used again by the next session; a session has one to itself from EPSV to its
 * connection.
 */
const freeDataPorts = [];

export async function startFtp(tree) {
  let served = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    let unread = '';
    let data;
    const say = (line) => socket.write(`${line}\r\n`);
    const answers = {
      USER: () => say('331 Please specify the password.'),
      PASS: () => say('230 Login successful.'),
      TYPE: () => say('200 Switching to Binary mode.'),
      EPSV: async () => {
        const dataPort = freeDataPorts.pop() ?? (await openDataPort());
        data = dataPort.connection();
        say(`229 Entering Extended Passive Mode (|||${dataPort.port}|)`);
      },
      RETR: async (path) => {
        const body = find(tree, path);
        if (body === undefined) return say('550 Failed to open file.');
        served++;
        say(`150 Opening BINARY mode data connection for ${path} (${body.length} bytes).`);
        (await data).end(body, () => say('226 Transfer complete.'));
      },
      QUIT: () => socket.end('221 Goodbye.\r\n'),
    };
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      unread += chunk.latin1Slice();
      for (let end = unread.indexOf('\r\n'); end >= 0; end = unread.indexOf('\r\n')) {
        const line = unread.slice(0, end);
        unread = unread.slice(end + 2);
        (answers[line.slice(0, 4)] ?? (() => say('502 Command not implemented.')))(line.slice(5));
      }
    });
    say('220 Ready.');
  });
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1024 });
  await once(server, 'listening');
  return { port: server.address().port, served: () => served };
}

async function openDataPort() {
  let taken;
  const listener = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    // Nothing is read from a data connection, and its end is only seen by reading.
    socket.resume();
    freeDataPorts.push(dataPort);
    taken(socket);
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const dataPort = {
    port: listener.address().port,
    connection: () => new Promise((resolve) => (taken = resolve)),
  };
  return dataPort;
}
