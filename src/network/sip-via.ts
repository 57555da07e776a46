/** The topmost Via of a request: who sent it, and how the answer finds back. RFC 3261 section 20.42. */
export interface SipVia {
  /** `SIP/2.0/UDP`. */
  readonly transport: string;
  /** Host and port as the sender wrote them. */
  readonly sentBy: string;
  readonly host: string;
  /** 5060 when not named. */
  readonly port: number;
  readonly parameters: readonly { readonly name: string; readonly value?: string }[];
  /** What follows behind a comma in the same header field: the Vias of proxies before. */
  readonly rest: string;
}

const SIP_PORT = 5060;
/** Of RFC 3261 section 8.1.1.7: a branch that begins so names its transaction. */
const MAGIC_COOKIE = 'z9hG4bK';

/** Undefined for what is no Via. */
export function parseVia(value: string): SipVia | undefined {
  const comma = value.indexOf(',');
  const top = comma === -1 ? value : value.slice(0, comma);
  const [before = '', ...parameters] = top.split(';');
  const [, protocol, transport, sentBy] =
    /^(SIP\s*\/\s*2\.0)\s*\/\s*([A-Za-z0-9-]+)\s+(\S+(?:\s*:\s*\d+)?)\s*$/i.exec(before.trim()) ?? [];
  if (protocol === undefined || transport === undefined || sentBy === undefined) return undefined;
  const place = /^(\[[0-9a-f:.]+\]|[^\s:[\]]+)\s*(?::\s*(\d{1,5}))?$/i.exec(sentBy);
  const [, host, portText] = place ?? [];
  const port = portText === undefined ? SIP_PORT : Number(portText);
  if (host === undefined || port < 1 || port > 65_535) return undefined;
  return {
    transport: `SIP/2.0/${transport}`,
    sentBy,
    host: host.replace(/^\[|\]$/g, ''),
    port,
    parameters: parameters.map(parameterOf),
    rest: comma === -1 ? '' : value.slice(comma),
  };
}

/** The branch that names the transaction; undefined for one of RFC 2543, which does not. */
export function branchOf(via: SipVia): string | undefined {
  const branch = parameter(via, 'branch')?.value;
  return branch?.startsWith(MAGIC_COOKIE) === true ? branch : undefined;
}

/** Whether the sender wants the answer at the port it sent from (RFC 3581). */
export function asksForRport(via: SipVia): boolean {
  return parameter(via, 'rport') !== undefined;
}

/**
 * The Via as an answer repeats it: with the address the request really came from if that is another or rport
 * was asked for, and with rport filled in (RFC 3261 section 18.2.1, RFC 3581 section 4).
 */
export function answeredVia(via: SipVia, from: { readonly address: string; readonly port: number }): string {
  const rport = asksForRport(via);
  const received = rport || via.host.toLowerCase() !== from.address.toLowerCase();
  const parameters = via.parameters
    .filter(({ name }) => name !== 'received')
    .map(({ name, value }) => {
      if (name === 'rport') return `;rport=${from.port}`;
      return value === undefined ? `;${name}` : `;${name}=${value}`;
    });
  const address = received ? `;received=${from.address}` : '';
  return `${via.transport} ${via.sentBy}${parameters.join('')}${address}${via.rest}`;
}

function parameter(via: SipVia, wanted: string) {
  return via.parameters.find(({ name }) => name === wanted);
}

function parameterOf(text: string): { name: string; value?: string } {
  const equals = text.indexOf('=');
  if (equals === -1) return { name: text.trim().toLowerCase() };
  return { name: text.slice(0, equals).trim().toLowerCase(), value: text.slice(equals + 1).trim() };
}
