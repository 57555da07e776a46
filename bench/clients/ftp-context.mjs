// node ftp-context.mjs COUNT IN-FLIGHT PORT PATH...
//
// The `FTPContext` of basic-ftp with the commands of the phone and no more: COUNT times all PATHs in turn, a
// session each. What arrives is counted and dropped.

import { once } from 'node:events';
import { connect } from 'node:net';
import { FTPContext } from 'basic-ftp';
import { inFlight } from './in-flight.mjs';

const HOST = '127.0.0.1';
const TIMEOUT_MS = 30_000;
const [count, limit, port] = process.argv.slice(2, 5).map(Number);
const paths = process.argv.slice(5);

let received = 0;
await inFlight({ count, limit }, async () => {
  for (const path of paths) await fetchFile(path);
});
console.log(`ops=${received}`);

async function fetchFile(path) {
  const session = new FTPContext(TIMEOUT_MS);
  session.socket.connect({ host: HOST, port });
  await session.request();
  await session.request('USER anonymous');
  await session.request('PASS ');
  await session.request('TYPE I');
  const { message } = await session.request('EPSV');
  const data = connect({ host: HOST, port: Number(/\|\|\|(\d+)\|/.exec(message)[1]) });
  const dataEnded = once(data.resume(), 'end');
  await once(data, 'connect');
  await retrieve(session, path);
  await dataEnded;
  received++;
  // Says QUIT first.
  session.close();
}

/** Its `request` takes 150 for the end of the story. */
function retrieve(session, path) {
  return session.handle(`RETR ${path}`, (reply, task) => {
    if (reply instanceof Error) task.reject(reply);
    else if (reply.code >= 200) task.resolve(reply);
  });
}
