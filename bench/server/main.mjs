// The server of all measurements, in a process of its own: every file in memory, every answer made ready
// before it is asked for, so that a client waits for itself. Speaks no more of each protocol than the clients
// here use.
//
// Over IPC: first { ports }, then to each message the requests answered so far, { served }.

import { makeTree } from '../trees.mjs';
import { startFtp } from './ftp.mjs';
import { startHttp } from './http.mjs';
import { startTftp } from './tftp.mjs';

const tree = await makeTree();
const servers = {
  tftp: await startTftp(tree),
  ftp: await startFtp(tree),
  http: await startHttp(tree),
};

process.on('message', () => process.send({ served: each((server) => server.served()) }));
process.on('disconnect', () => process.exit());
process.send({ ports: each((server) => server.port) });

function each(read) {
  return Object.fromEntries(Object.entries(servers).map(([protocol, server]) => [protocol, read(server)]));
}
