// node dgram.mjs COUNT IN-FLIGHT PORT LOOK-UP PATH...
//
// The least one can write with node:dgram that still is a TFTP client: a socket a transfer, RFC 1350 without
// options, the server's port from its first answer, an ACK a block, the last packet once more after a second
// of silence. What arrives is counted and dropped. LOOK-UP `own`: the address is taken as it is; by `default`
// node:dgram looks it up for every packet.

import { createSocket } from 'node:dgram';
import { inFlight } from './in-flight.mjs';

const HOST = '127.0.0.1';
const DATA = 3;
const BLOCK_BYTES = 512;
const [count, limit, port] = process.argv.slice(2, 5).map(Number);
const [lookUp, ...paths] = process.argv.slice(5);

const readRequests = paths.map((path) => Buffer.from(`\0\u0001${path}\0octet\0`));
const socketOptions = {
  type: 'udp4',
  ...(lookUp === 'own' && { lookup: (host, _family, found) => found(null, host) }),
};
let received = 0;
await inFlight({ count, limit }, fetchFile);
console.log(`ops=${received}`);

function fetchFile(index) {
  const readRequest = readRequests[index % readRequests.length];
  return new Promise((resolve) => {
    const socket = createSocket(socketOptions);
    const acknowledgement = Buffer.from([0, 4, 0, 0]);
    let serverPort = 0;
    let block = 0;
    const repeat = setInterval(() => {
      if (serverPort === 0) socket.send(readRequest, port, HOST);
      else socket.send(acknowledgement, serverPort, HOST);
    }, 1_000);
    socket.on('message', (packet, from) => {
      if (packet.readUInt16BE(0) !== DATA) throw new Error(packet.latin1Slice(4));
      if (serverPort === 0) serverPort = from.port;
      const expected = (block + 1) & 0xffff;
      if (from.port !== serverPort || packet.readUInt16BE(2) !== expected) return;
      block = expected;
      repeat.refresh();
      acknowledgement.writeUInt16BE(block, 2);
      if (packet.length === 4 + BLOCK_BYTES) {
        socket.send(acknowledgement, serverPort, HOST);
      } else {
        clearInterval(repeat);
        // Closed in the same tick the socket would take the packet with it.
        socket.send(acknowledgement, serverPort, HOST, () => {
          socket.close();
          received++;
          resolve();
        });
      }
    });
    socket.send(readRequest, port, HOST);
  });
}
