import { sameHost } from './host.ts';
import type { Problem } from './problem.ts';
import { problem } from './problem-codes.ts';
import type { Quirks } from './quirks.ts';
import type { Section } from './section.ts';
import type { ServerAddress } from './server-address.ts';
import type { Protocol } from './words.ts';

/** Where files are asked for and as whom; only the file's own name is missing. */
export interface Source {
  readonly protocol: Protocol;
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
  /** Folder before the file name, without slash at either end; empty for the server's root. */
  readonly pathPrefix: string;
  /** Absent: none; that FTP then means `anonymous` is the transport's to know (M43 p45). */
  readonly user?: string;
  readonly password?: string;
}

/** Where a file of a source is and as whom it is asked for: what a request says whoever makes it. */
export function placeOf({ protocol, host, port, pathPrefix, user, password }: Source, path: string) {
  return {
    protocol,
    host,
    port,
    path: pathPrefix === '' ? path : `${pathPrefix}/${path}`,
    ...(user !== undefined && { user }),
    ...(password !== undefined && { password }),
  };
}

export interface SectionSource {
  readonly source: Source;
  readonly problems: readonly Problem[];
}

/** Ports for a protocol that is named without one, where they are not the usual ones (`--ports`). */
export type Ports = Readonly<Partial<Record<Protocol, number>>>;

/** Where a server of each protocol listens unless it is told otherwise. IANA. */
export const usualPorts: Readonly<Record<Protocol, number>> = { tftp: 69, ftp: 21, http: 80, https: 443 };

/** Where the provisioning file itself is. */
export function sourceOfProvisioningFile(server: ServerAddress, ports: Ports): Source {
  return {
    protocol: server.protocol,
    host: server.host,
    port: server.port ?? portOf(server.protocol, ports),
    pathPrefix: server.path,
    ...credentials(server.protocol, server),
  };
}

/**
 * Where the files of a section are. Port, folder and credentials of the server address are inherited by every
 * section with the same protocol and host; they never go to another host. SRV_USER_NAME and SRV_USER_PASS win
 * over inherited ones.
 */
export function sourceOf(
  section: Section,
  from: { readonly server: ServerAddress; readonly ports: Ports; readonly quirks: Quirks },
): SectionSource {
  const { server, ports, quirks } = from;
  const protocol = section.protocol ?? defaultProtocol(server, quirks);
  const host = section.serverIp ?? server.host;
  const isSameHost = sameHost(host, server.host);
  const inherited = protocol === server.protocol && isSameHost ? server : undefined;
  const named = isSameHost ? (inherited?.port ?? server.otherPorts?.[protocol]) : undefined;
  const source: Source = {
    protocol,
    host,
    port: named ?? portOf(protocol, ports),
    pathPrefix: inherited?.path ?? '',
    ...credentials(protocol, ownCredentials(section) ?? inherited),
  };
  return { source, problems: doubtAboutProtocol(section, protocol, server) };
}

/** Documented: M43 p45, TFTP. Assumed otherwise: see the switch. */
function defaultProtocol(server: ServerAddress, quirks: Quirks): Protocol {
  return quirks.defaultProtocol === 'tftp' ? 'tftp' : server.protocol;
}

function doubtAboutProtocol(section: Section, taken: Protocol, server: ServerAddress): readonly Problem[] {
  if (section.protocol !== undefined || server.protocol === 'tftp') return [];
  const message = `[${section.name}] names no PROTOCOL: its files are asked for by ${taken.toUpperCase()}, the provisioning file came by ${server.protocol.toUpperCase()}; the manual's default is TFTP`;
  return [problem('DEFAULT_PROTOCOL', { line: section.line, section: section.name, message })];
}

interface Credentials {
  readonly user?: string;
  readonly password?: string;
}

/**
 * A user of the section's own is never joined with a password of the server address, nor the other way round.
 */
function ownCredentials({ userName, password }: Section): Credentials | undefined {
  if (userName === undefined && password === undefined) return undefined;
  return { ...(userName !== undefined && { user: userName }), ...(password !== undefined && { password }) };
}

/** TFTP knows no users. */
function credentials(protocol: Protocol, given: Credentials | undefined): Credentials {
  if (protocol === 'tftp' || given === undefined) return {};
  const { user, password } = given;
  return { ...(user !== undefined && { user }), ...(password !== undefined && { password }) };
}

function portOf(protocol: Protocol, ports: Ports): number {
  return ports[protocol] ?? usualPorts[protocol];
}
