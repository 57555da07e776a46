import { failureOfReply } from '../transport/ftp-failure.ts';
import { refusal as failureOfStatus } from '../transport/http-file.ts';
import { codeOfError } from '../transport/tftp-failure.ts';
import { type FileRequest, TransportError } from '../transport/transport.ts';
import type { Refusal } from './answer.ts';
import { textOfFtpReply, textOfTftpError } from './refusal-texts.ts';

/** A refusal as the transport of its protocol tells it, after so many bytes of the file. */
export function failureOf(request: FileRequest, refusal: Refusal, receivedBytes = 0): TransportError {
  switch (request.protocol) {
    case 'tftp': {
      const detail = `ERROR ${refusal.tftp} "${textOfTftpError(refusal.tftp)}"`;
      return new TransportError(codeOfError(refusal.tftp, receivedBytes), request, detail);
    }
    case 'ftp': {
      const reply = { code: refusal.ftp, message: `${refusal.ftp} ${textOfFtpReply(refusal.ftp)}` };
      const command = refusal.ftp === 530 ? 'PASS' : 'RETR';
      const { code, message } = failureOfReply(command, reply, receivedBytes);
      return new TransportError(code, request, message);
    }
    default:
      return failureOfStatus(request, { status: refusal.http, headers: {} });
  }
}
