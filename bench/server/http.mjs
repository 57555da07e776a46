import { once } from 'node:events';
import { createServer } from 'node:net';
import { find } from './find.mjs';

const END_OF_HEAD = '\r\n\r\n';
const notFound = Buffer.from('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n');

export async function startHttp(tree) {
  const answers = new Map([...tree].map(([path, body]) => [path, answerOf(body)]));
  let served = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    let unread = '';
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      unread += chunk.latin1Slice();
      for (let end = unread.indexOf(END_OF_HEAD); end >= 0; end = unread.indexOf(END_OF_HEAD)) {
        served++;
        socket.write(find(answers, unread.slice('GET /'.length, unread.indexOf(' HTTP/'))) ?? notFound);
        unread = unread.slice(end + END_OF_HEAD.length);
      }
    });
  });
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1024 });
  await once(server, 'listening');
  return { port: server.address().port, served: () => served };
}

function answerOf(body) {
  const head = `HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}
