import type { Clock } from '../clock/clock.ts';
import type { SeenGet } from './capture-http.ts';
import { type Replay, startReplay } from './compare-recorder.ts';

/** These speak of the body as it was sent then, and not as it is sent now. */
const left = ['content-length', 'transfer-encoding', 'content-encoding'];

/** Answers each path as the captured server did: the n-th request as then, those beyond as the last. */
export function replayHttp(clock: Clock, gets: readonly SeenGet[]): Promise<Replay> {
  const counts = new Map<string, number>();
  const answerTo = (file: string) => {
    const all = gets.filter((get) => get.file === file);
    const count = counts.get(file) ?? 0;
    counts.set(file, count + 1);
    return all[Math.min(count, all.length - 1)];
  };
  return startReplay(clock, ({ socket, say }) => {
    let heard = '';
    return (chunk) => {
      heard += chunk.toString('latin1');
      for (let end = heard.indexOf('\r\n\r\n'); end >= 0; end = heard.indexOf('\r\n\r\n')) {
        const head = heard.slice(0, end);
        heard = heard.slice(end + 4);
        const [, target = ''] = /^GET (\S+)/.exec(head) ?? [];
        const answer = answerTo(decodeURIComponent(target));
        if (answer?.status === undefined) {
          socket.destroy();
          return;
        }
        say(textOf(answer));
        const closes = answer.answerHeaders.some(([name, value]) => isClose(name, value));
        if (closes || /^connection: *close/im.test(head)) socket.end();
      }
    };
  });
}

function textOf({ status = 0, answerHeaders, body = Buffer.alloc(0) }: SeenGet): Buffer {
  const headers = answerHeaders
    .filter(([name]) => !left.includes(name.toLowerCase()))
    .map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `HTTP/1.1 ${status} as captured\r\n${headers.join('')}Content-Length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}

function isClose(name: string, value: string): boolean {
  return name.toLowerCase() === 'connection' && /\bclose\b/i.test(value);
}
