import { isIPv4, type Socket } from 'node:net';
import type { Clock } from '../../clock/clock.ts';
import { plainAddress } from '../../transport/ftp-address.ts';
import { FtpPassivePorts, type PassivePort } from '../ftp-passive-ports.ts';
import type { RunningServer } from '../served-request.ts';
import { addressTowards } from './address-towards.ts';
import { ByLines } from './by-lines.ts';
import { type Destination, passOn, type Rewriting } from './proxied-connection.ts';
import { startTcpProxy, type TcpEnds, type TcpProxyOptions } from './tcp-proxy.ts';

/**
 * An FTP proxy: a TCP proxy that opens a port of its own for each data connection which the dialogue agrees
 * on (RFC 959 PASV and PORT, RFC 2428 EPSV and EPRT). A dialogue under TLS cannot be read: its data
 * connections go past the proxy.
 */
export async function startFtpProxy(options: Omit<TcpProxyOptions, 'rewriting'>): Promise<RunningServer> {
  const ports = new FtpPassivePorts();
  const proxy = await startTcpProxy({
    ...options,
    rewriting: (ends) => new DataWays(ends, { ports, clock: options.clock }).rewriting(),
  });
  return {
    port: proxy.port,
    close: async () => {
      await proxy.close();
      ports.close();
    },
  };
}

/** The data connections of one dialogue, one at a time. */
class DataWays {
  readonly #ends: TcpEnds;
  readonly #ports: FtpPassivePorts;
  readonly #clock: Clock;
  /** Open, and nobody came yet. */
  #open: PassivePort | undefined;

  constructor(ends: TcpEnds, { ports, clock }: { readonly ports: FtpPassivePorts; readonly clock: Clock }) {
    this.#ends = ends;
    this.#ports = ports;
    this.#clock = clock;
    ends.phone.once('close', () => this.#shut());
  }

  rewriting(): Rewriting {
    return {
      'to-phone': new ByLines((line) => this.#reply(line)),
      'to-server': new ByLines((line) => this.#command(line)),
    };
  }

  /** Passive: the phone is told a port of ours, which leads to that of the server. */
  async #reply(line: string): Promise<string> {
    const { phone, server } = this.#ends;
    const here = plainAddress(phone.localAddress);
    const lead = (port: number) => {
      const to = { host: plainAddress(server.remoteAddress), port };
      const address = plainAddress(phone.remoteAddress);
      return this.#lead(here, 'phone', { ...to, ...addressTowards(to.host, address) });
    };
    const extended = /^229.*\((?<mark>[!-~])\k<mark>\k<mark>(?<port>\d{1,5})\k<mark>\)/.exec(line)?.groups;
    if (extended !== undefined) {
      const port = await lead(Number(extended['port']));
      return port === undefined ? noPort : `229 Entering Extended Passive Mode (|||${port}|)\r\n`;
    }
    const numbers = /^227.*?(?:\d{1,3},){4}(?<high>\d{1,3}),(?<low>\d{1,3})/.exec(line)?.groups;
    if (numbers === undefined) return line;
    const port = await lead(Number(numbers['high']) * 256 + Number(numbers['low']));
    return port === undefined ? noPort : `227 Entering Passive Mode (${inNumbers(here, port)}).\r\n`;
  }

  /** Active: the server is told a port of ours, which leads to that of the phone. */
  async #command(line: string): Promise<string> {
    const { phone, server } = this.#ends;
    const here = plainAddress(server.localAddress);
    const lead = (port: number) =>
      this.#lead(here, 'server', {
        host: plainAddress(phone.remoteAddress),
        port,
        localAddress: plainAddress(phone.localAddress),
      });
    const extended = /^EPRT (?<mark>[!-~])[12]\k<mark>[^|]+\k<mark>(?<port>\d{1,5})\k<mark>/i.exec(
      line,
    )?.groups;
    if (extended !== undefined) {
      const port = await lead(Number(extended['port']));
      return port === undefined ? line : `EPRT |${isIPv4(here) ? 1 : 2}|${here}|${port}|\r\n`;
    }
    const numbers = /^PORT (?:\d{1,3},){4}(?<high>\d{1,3}),(?<low>\d{1,3})/i.exec(line)?.groups;
    if (numbers === undefined) return line;
    const port = await lead(Number(numbers['high']) * 256 + Number(numbers['low']));
    return port === undefined ? line : `PORT ${inNumbers(here, port)}\r\n`;
  }

  /** A port of ours at an address; its first caller is led to where it wants to go. */
  async #lead(address: string, callerIs: 'phone' | 'server', to: Destination): Promise<number | undefined> {
    this.#shut();
    const port = await this.#ports.take(address);
    if (port === undefined || this.#ends.phone.destroyed) return void port?.close();
    port.guest = (caller: Socket) => {
      this.#open = undefined;
      this.#ports.giveBack(address, port);
      const { passage } = this.#ends;
      const gone = () => caller.destroy();
      this.#ends.phone.once('close', gone);
      void passOn({ caller, callerIs, to, passage, clock: this.#clock }).then(() =>
        this.#ends.phone.off('close', gone),
      );
    };
    this.#open = port;
    return port.number;
  }

  #shut(): void {
    this.#open?.close();
    this.#open = undefined;
  }
}

/** What the phone hears when this machine has no port left: a fault of ours, and told as one. */
const noPort = '425 The proxy has no port left for data.\r\n';

function inNumbers(address: string, port: number): string {
  return `${address.replaceAll('.', ',')},${port >> 8},${port & 255}`;
}
