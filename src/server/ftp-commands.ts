import {
  aboutFile,
  active,
  extendedActive,
  extendedPassive,
  list,
  modificationTime,
  passive,
  restart,
  retrieve,
} from './ftp-file-commands.ts';
import { quotedFtpPath, resolveFtpPath } from './ftp-path.ts';
import type { FtpSession } from './ftp-session.ts';

/** What a command is answered with; nothing if the session ended instead. */
type Reply = string | undefined;
type Answer = (session: FtpSession, argument: string) => Reply | Promise<Reply>;

/** Wrong passwords in one session before it is closed. */
const FAILED_LOGINS_MAX = 3;

const features = ['EPRT', 'EPSV', 'MDTM', 'PASV', 'REST STREAM', 'SIZE', 'UTF8'];

/** What may be said before logging in. */
export const openToAll: ReadonlySet<string> = new Set(
  ['USER', 'PASS', 'QUIT', 'FEAT', 'SYST', 'NOOP', 'HELP', 'OPTS', 'AUTH'], //
);

/** What would write; refused by name, so that a client can tell it from a misspelt command. */
const writing = [
  'STOR',
  'STOU',
  'APPE',
  'DELE',
  'MKD',
  'XMKD',
  'RMD',
  'XRMD',
  'RNFR',
  'RNTO',
  'ALLO',
  'SITE',
];

/** Every command this server knows. */
export const ftpCommands: ReadonlyMap<string, Answer> = new Map<string, Answer>([
  ['USER', user],
  ['PASS', pass],
  ['QUIT', (session) => session.close('221 Goodbye.')],
  ['NOOP', () => '200 OK.'],
  ['SYST', () => '215 UNIX Type: L8'],
  ['FEAT', () => `211-Features:\r\n ${features.join('\r\n ')}\r\n211 End.`],
  ['HELP', () => `214-Commands:\r\n ${[...ftpCommands.keys()].join(' ')}\r\n214 End.`],
  ['STAT', (session) => `211 ${session.peer} is in ${session.directory}`],
  ['OPTS', (_, option) => (/^UTF-?8( ON)?$/i.test(option) ? '200 Names are UTF-8.' : '501 Unknown option.')],
  ['AUTH', () => '502 No TLS here.'],
  // Like vsftpd, TYPE A sends the bytes as they are: a converted image would be a broken one.
  ['TYPE', (_, type) => known(/^([AI]( N)?|L 8)$/i, type)],
  ['MODE', (_, mode) => known(/^S$/i, mode)],
  ['STRU', (_, structure) => known(/^F$/i, structure)],
  ['PWD', workingDirectory],
  ['XPWD', workingDirectory],
  ['CWD', changeDirectory],
  ['XCWD', changeDirectory],
  ['CDUP', (session) => changeDirectory(session, '..')],
  ['XCUP', (session) => changeDirectory(session, '..')],
  ['PASV', passive],
  ['EPSV', extendedPassive],
  ['PORT', active],
  ['EPRT', extendedActive],
  ['SIZE', (session, name) => aboutFile(session, name, (file) => `${file.sizeBytes}`)],
  ['MDTM', (session, name) => aboutFile(session, name, modificationTime)],
  ['REST', restart],
  ['RETR', retrieve],
  ['LIST', list],
  ['NLST', list],
  // By now there is nothing left to stop: the session did so when the line came in.
  ['ABOR', () => '226 Nothing is under way any more.'],
  ...writing.map((name): [string, Answer] => [name, () => '550 This server is read-only.']),
]);

function user(session: FtpSession, name: string): Reply {
  session.loggedIn = false;
  session.claimedUser = name;
  return '331 Please specify the password.';
}

function pass(session: FtpSession, password: string): Reply {
  const name = session.claimedUser;
  session.claimedUser = undefined;
  if (name === undefined) return '503 Log in with USER first.';
  if (admits(session, name, password)) {
    session.loggedIn = true;
    return '230 Logged in.';
  }
  session.failedLogins++;
  return session.failedLogins < FAILED_LOGINS_MAX
    ? '530 Login incorrect.'
    : session.close('421 Too many wrong passwords.');
}

function admits({ options }: FtpSession, name: string, password: string): boolean {
  if (name === 'anonymous' || name === 'ftp') return options.anonymous === 'allowed';
  return options.users.get(name) === password;
}

function known(values: RegExp, value: string): Reply {
  return values.test(value) ? '200 OK.' : '504 Not supported.';
}

function workingDirectory(session: FtpSession): Reply {
  return `257 ${quotedFtpPath(session.directory)} is the current directory.`;
}

/** A store knows files, not folders: any name is taken for a folder unless a file has it. */
function changeDirectory(session: FtpSession, name: string): Reply {
  const directory = resolveFtpPath(session.directory, name);
  if (directory === undefined || session.options.store.find(directory) !== undefined) {
    return '550 No such directory.';
  }
  session.directory = directory;
  return '250 Directory changed.';
}
