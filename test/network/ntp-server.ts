import dgram, { type RemoteInfo, type Socket } from 'node:dgram';

/** What a time server puts into its answer; absent fields are those of a good one. */
export interface NtpAnswer {
  readonly leap?: number;
  readonly version?: number;
  readonly mode?: number;
  readonly stratum?: number;
  readonly referenceId?: string;
  readonly originate?: Buffer;
  /** Seconds and fractions of the era, as eight bytes. */
  readonly receivedAt?: bigint;
  readonly sentAt?: bigint;
}

/** 2026-03-04T08:00:00Z in NTP's 64 bits. */
export const MARCH_2026 = 0xed526500n << 32n;

/** The 48 bytes of an answer to `question`. */
export function ntpAnswer(question: Buffer, answer: NtpAnswer = {}): Buffer {
  const bytes = Buffer.alloc(48);
  bytes[0] = ((answer.leap ?? 0) << 6) | ((answer.version ?? 4) << 3) | (answer.mode ?? 4);
  bytes[1] = answer.stratum ?? 2;
  bytes.write(answer.referenceId ?? '', 12, 4, 'latin1');
  (answer.originate ?? question.subarray(40, 48)).copy(bytes, 24);
  bytes.writeBigUInt64BE(answer.receivedAt ?? MARCH_2026, 32);
  bytes.writeBigUInt64BE(answer.sentAt ?? MARCH_2026, 40);
  return bytes;
}

/** A time server that does what a test tells it to. */
export class NtpServer {
  /** Every question that came. */
  readonly questions: Buffer[] = [];
  readonly port: number;
  readonly #socket: Socket;

  private constructor(
    socket: Socket,
    onQuestion: (question: Buffer, from: RemoteInfo, socket: Socket) => void,
  ) {
    this.#socket = socket;
    this.port = socket.address().port;
    socket.on('message', (question, from) => {
      this.questions.push(question);
      onQuestion(question, from, socket);
    });
  }

  static open(
    onQuestion: (question: Buffer, from: RemoteInfo, socket: Socket) => void,
    address = '127.0.0.1',
  ): Promise<NtpServer> {
    const socket = dgram.createSocket(address.includes(':') ? 'udp6' : 'udp4');
    return new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.bind(0, address, () => resolve(new NtpServer(socket, onQuestion)));
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#socket.close(() => resolve()));
  }
}
