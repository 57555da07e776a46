import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A control connection typed by hand: one line out, whole replies in. */
export class FtpDialogue {
  readonly socket: Socket;
  #text = '';
  #wake: (() => void) | undefined;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      this.#text += text;
      this.#wake?.();
    });
    socket.on('close', () => this.#wake?.());
    socket.on('error', () => {});
  }

  /** Connects and reads the banner. */
  static async open(port: number, host = '127.0.0.1'): Promise<FtpDialogue> {
    const socket = connect(port, host);
    await once(socket, 'connect');
    const dialogue = new FtpDialogue(socket);
    await dialogue.reply();
    return dialogue;
  }

  /** Connected, greeted and logged in. */
  static async loggedIn(port: number, host = '127.0.0.1'): Promise<FtpDialogue> {
    const dialogue = await FtpDialogue.open(port, host);
    await dialogue.say('USER anonymous');
    await dialogue.say('PASS ');
    return dialogue;
  }

  /** Sends a line and reads its reply. */
  say(line: string): Promise<string> {
    this.socket.write(`${line}\r\n`);
    return this.reply();
  }

  /** The next reply, all its lines; `''` when the server closed the connection. */
  async reply(): Promise<string> {
    for (;;) {
      const match = /^(?:(\d{3})-[\s\S]*?\r\n\1|\d{3}) .*\r\n/.exec(this.#text);
      if (match !== null) {
        this.#text = this.#text.slice(match[0].length);
        return match[0].slice(0, -2);
      }
      if (this.socket.closed) return '';
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Opens a passive port and goes there. */
  async data(host = '127.0.0.1', localAddress = host): Promise<Socket> {
    const port = Number(/\|\|\|(\d+)\|/.exec(await this.say('EPSV'))?.[1]);
    const socket = connect({ host, port, localAddress });
    socket.on('error', () => {});
    await once(socket, 'connect');
    return socket;
  }
}

export async function bytesOf(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  return Buffer.concat(chunks);
}
