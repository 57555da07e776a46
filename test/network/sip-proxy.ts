import dgram, { type Socket } from 'node:dgram';
import { once } from 'node:events';
import { sipText } from './sip-texts.ts';

/** A proxy on loopback that sends requests and reads answers. */
export class SipProxy {
  readonly #socket: Socket;
  #sent = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  static async open(address = '127.0.0.1'): Promise<SipProxy> {
    const socket = dgram.createSocket('udp4').bind(0, address);
    await once(socket, 'listening');
    return new SipProxy(socket);
  }

  /** A new request; the status of its answer. */
  async request(port: number, method = 'NOTIFY', to = '127.0.0.1'): Promise<number> {
    const answered = once(this.#socket, 'message');
    this.send(port, method, to);
    const [answer] = (await answered) as [Buffer];
    return Number(/^SIP\/2\.0 (\d{3})/.exec(answer.toString('latin1'))?.[1]);
  }

  send(port: number, method = 'NOTIFY', to = '127.0.0.1'): void {
    this.#sent += 1;
    const via = `SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK${this.#sent};rport`;
    this.sendBytes(sipText({ method, headers: { Via: via } }), port, to);
  }

  sendBytes(bytes: Buffer, port: number, to = '127.0.0.1'): void {
    this.#socket.send(bytes, port, to);
  }

  close(): void {
    this.#socket.close();
  }
}
