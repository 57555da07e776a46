import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { find } from './find.mjs';

const READ_REQUEST = 1;
const ACKNOWLEDGEMENT = 4;
const BLOCK_BYTES = 512;

/**
 * Answers every transfer from one port, which RFC 1350 clients take for a chosen one, and tells transfers
 * apart by the port of the client. Has no timers: a client that misses something asks again. No options, no
 * files of 32 MiB and more.
 */
export async function startTftp(tree) {
  const files = new Map([...tree].map(([path, body]) => [path, packetsOf(body)]));
  const running = new Map();
  let served = 0;
  const socket = createSocket({ type: 'udp4', lookup: takeAsItIs });
  socket.on('message', (message, { address, port }) => {
    const type = message.readUInt16BE(0);
    if (type === READ_REQUEST) {
      served++;
      const packets = find(files, message.latin1Slice(2, message.indexOf(0, 2)));
      running.set(port, packets);
      socket.send(packets?.[0] ?? notFound, port, address);
    } else if (type === ACKNOWLEDGEMENT) {
      const next = running.get(port)?.[message.readUInt16BE(2)];
      if (next) socket.send(next, port, address);
      else running.delete(port);
    }
  });
  const listening = once(socket, 'listening');
  socket.bind(0, '127.0.0.1');
  await listening;
  return { port: socket.address().port, served: () => served };
}

/** Addresses are numeric here, and node:dgram looks up every one of them again for every packet. */
function takeAsItIs(address, _family, found) {
  found(null, address);
}

const notFound = Buffer.from('\0\u0005\0\u0001File not found\0');

/** All DATA packets of a file; the last is shorter than the others. */
function packetsOf(body) {
  return Array.from({ length: Math.floor(body.length / BLOCK_BYTES) + 1 }, (_, index) => {
    const head = Buffer.from([0, 3, (index + 1) >> 8, (index + 1) & 0xff]);
    return Buffer.concat([head, body.subarray(index * BLOCK_BYTES, (index + 1) * BLOCK_BYTES)]);
  });
}
