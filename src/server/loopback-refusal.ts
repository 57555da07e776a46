import { failureOfReply } from '../transport/ftp-failure.ts';
import { refusal as failureOfStatus } from '../transport/http-file.ts';
import { codeOfError } from '../transport/tftp-failure.ts';
import { type FileRequest, TransportError } from '../transport/transport.ts';
import type { Refusal } from './answer.ts';

/** A refusal as the transport of its protocol tells it, after so many bytes of the file. */
export function failureOf(request: FileRequest, refusal: Refusal, receivedBytes = 0): TransportError {
  switch (request.protocol) {
    case 'tftp': {
      const detail = `ERROR ${refusal.tftp} "${tftpTexts[refusal.tftp] ?? 'Not defined'}"`;
      return new TransportError(codeOfError(refusal.tftp, receivedBytes), request, detail);
    }
    case 'ftp': {
      const { command, text } = ftpReplies[refusal.ftp] ?? otherReply;
      const reply = { code: refusal.ftp, message: `${refusal.ftp} ${text}` };
      const { code, message } = failureOfReply(command, reply, receivedBytes);
      return new TransportError(code, request, message);
    }
    default:
      return failureOfStatus(request, { status: refusal.http, headers: {} });
  }
}

const otherReply = { command: 'RETR', text: 'Requested action not taken.' };

const ftpReplies: Readonly<Record<number, typeof otherReply>> = {
  421: { command: 'RETR', text: 'Service not available.' },
  426: { command: 'RETR', text: 'Connection closed; transfer aborted.' },
  530: { command: 'PASS', text: 'Login incorrect.' },
  550: { command: 'RETR', text: 'No such file.' },
};

/** RFC 1350, appendix, and RFC 2347; by number. */
const tftpTexts: readonly string[] = [
  'Not defined',
  'File not found',
  'Access violation',
  'Disk full or allocation exceeded',
  'Illegal TFTP operation',
  'Unknown transfer ID',
  'File already exists',
  'No such user',
  'Option refused',
];
