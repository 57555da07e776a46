import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import type { Protocol } from '../../src/provisioning/words.ts';
import type { Place } from './address.ts';

/** Asked for over TFTP to see whether a server is up. It does not exist: an error is an answer. */
export const READY_FILE = 'is-anyone-there';

/** How long one question waits. The first datagram may come before the server listens, and is lost then. */
const ANSWER_MS = 100;

/** Asks once, in the server's own protocol, whether it is up. */
export function answers(protocol: Protocol, place: Place): Promise<boolean> {
  if (protocol === 'tftp') return answersTftp(place);
  return answersTcp(place, protocol === 'ftp' ? 'banner' : 'connection');
}

function answersTftp({ host, port }: Place): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const end = (answered: boolean) => {
      clearTimeout(silence);
      socket.close(() => resolve(answered));
    };
    const silence = setTimeout(end, ANSWER_MS, false);
    socket.once('message', () => end(true));
    socket.send(`\0\x01${READY_FILE}\0octet\0`, port, host);
  });
}

/** FTP servers greet first (RFC 959 section 5.4); a web server that takes the connection is up. */
function answersTcp({ host, port }: Place, awaited: 'banner' | 'connection'): Promise<boolean> {
  return new Promise((resolve) => {
    let answered = false;
    const socket = connect({ host, port });
    const succeed = () => {
      answered = true;
      socket.end(awaited === 'banner' ? 'QUIT\r\n' : '');
    };
    if (awaited === 'banner') socket.once('data', succeed);
    else socket.once('connect', succeed);
    socket.resume();
    // Refused: not up yet. 'close' follows and gives the answer.
    socket.on('error', () => {});
    socket.once('close', () => resolve(answered));
  });
}
