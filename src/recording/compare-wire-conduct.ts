import type { SeenFtp } from './capture-ftp.ts';
import type { SeenHttp } from './capture-http.ts';
import type { Asked } from './compare-asked.ts';
import type { Conduct } from './compare-conduct.ts';

/** What was seen of connections, whoever looked. */
export interface SeenWire {
  readonly http: readonly SeenHttp[];
  readonly ftp: readonly SeenFtp[];
  readonly asked: readonly Asked[];
}

const dataVerbs = ['EPSV', 'PASV', 'EPRT', 'PORT'];

/** How a phone goes about its connections. */
export function wireConduct({ http, ftp, asked }: SeenWire): Conduct {
  const gets = http.flatMap((connection) => connection.gets);
  const pauses = asked.filter(({ protocol }) => protocol === 'http').flatMap(({ pausesMs }) => pausesMs);
  return {
    'http-connections': http.map((connection) => String(connection.gets.length)),
    'http-connection-header': distinct(gets.map(({ connectionHeader }) => connectionHeader ?? 'none')),
    'http-headers': distinct(gets.map(({ headerNames }) => headerNames.join(', '))),
    'http-pauses': pauses.map((ms) => String(Math.round(ms / 1_000))),
    'ftp-data': distinct(ftp.map(({ commands }) => dataVerbsOf(commands))),
    'ftp-sessions': ftp.map(({ files }) => String(files.length)),
    'ftp-commands': distinct(ftp.map(({ commands }) => otherVerbsOf(commands))),
  };
}

function dataVerbsOf(commands: SeenFtp['commands']): string {
  const verbs = commands.map(({ verb }) => verb).filter((verb) => dataVerbs.includes(verb));
  return distinct(verbs).join(', then ');
}

/** Files after the first add nothing but their own RETR. */
function otherVerbsOf(commands: SeenFtp['commands']): string {
  const verbs = commands.map(({ verb }) => verb).filter((verb) => !dataVerbs.includes(verb));
  return verbs.filter((verb, index) => verb !== 'RETR' || verbs[index - 1] !== 'RETR').join(' ');
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
