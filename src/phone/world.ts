import type { Clock } from '../clock/clock.ts';
import type { Random } from '../clock/random.ts';
import type { Authenticity } from '../device/circumstances.ts';
import type { FlashContents } from '../device/flash-contents.ts';
import type { PhoneEvent } from '../events/phone-event.ts';
import type { SntpCode } from '../events/sntp-code.ts';
import type { Quirks } from '../provisioning/quirks.ts';
import type { ServerAddress } from '../provisioning/server-address.ts';
import type { Timings } from '../provisioning/timings.ts';
import type { Model, Protocol } from '../provisioning/words.ts';
import type { Transport } from '../transport/transport.ts';
import type { DhcpDoor } from './dhcp-door.ts';

/** What all phones of a run share. */
export interface World {
  readonly clock: Clock;
  /** Forked once for each phone, by its MAC. */
  readonly random: Random;
  readonly quirks: Quirks;
  readonly timings: Timings;
  record(mac: string, event: PhoneEvent): void;
  /**
   * Asks a time server once. A server that is silent or refuses is an answer too; other failures are ours.
   * Time does not leap meanwhile.
   */
  askTime(question: TimeQuestion, signal: AbortSignal): Promise<TimeTold>;
  /** A door for files. One is opened for each check and closed at its end. */
  openTransport(mac: string): Transport;
  /** Whether connections are told as facts: for the figures of fleets; off unless asked for. */
  readonly tellsConnections?: boolean;
  /** For coverage; off unless asked for, since it costs. */
  readonly onTransition?: (taken: TakenTransitions) => void;
}

/** Whom a phone asks for the time, and how long it waits. */
export interface TimeQuestion {
  readonly server: string;
  /** Source address of the phone; absent: the system chooses. */
  readonly localAddress?: string;
  readonly timeoutMs: number;
}

/** What came of it. `offsetMs`: to be added to the world's `now()` to have the server's time. */
export type TimeTold =
  | {
      readonly result: 'time';
      readonly offsetMs: number;
      readonly roundTripMs: number;
      readonly stratum: number;
    }
  | { readonly result: 'none'; readonly code: SntpCode; readonly detail: string };

/** Transitions of a phone's machines in one step, and the ids of the states it stands in after it. */
export interface TakenTransitions {
  readonly transitions: readonly unknown[];
  readonly states: readonly string[];
}

/**
 * As much of a flash as a phone needs. A write is atomic and throws when it could not be done; then nothing
 * changed.
 */
export interface PhoneFlash {
  read(): FlashContents;
  write(contents: FlashContents, bodies?: readonly FlashBody[]): void;
  body(sha256: string): Uint8Array | undefined;
}

export interface FlashBody {
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

/** One phone of a run, before it is switched on. Its MAC and software are in its flash. */
export interface PhoneSetup {
  readonly model: Model;
  readonly flash: PhoneFlash;
  /** Absent: its address is set by hand. */
  readonly dhcp?: DhcpDoor;
  /** Where the provisioning file is, as it was set by hand; null: DHCP says it, or nobody does. */
  readonly server: ServerAddress | null;
  /** Port of a protocol where neither URL nor section names one (69, 21, 80, 443 when absent). */
  readonly ports: Readonly<Partial<Record<Protocol, number>>>;
  /** Source address of everything the phone sends, whatever its lease. */
  readonly localAddress?: string;
  /** Who may send NOTIFYs beside the proxies, whatever PROXY_CHECKING says. */
  readonly notifyFrom?: 'anyone' | readonly string[];
  /** `seen`: the byte captured with the running load. */
  readonly userAgentByte?: number | 'seen';
  /** Roots for https beside those in flash, PEM. */
  readonly ca: readonly string[];
  readonly tlsVerify: 'verify' | 'accept-any';
  /** What it makes of the maker's signature on firmware and languages; absent: it takes what is unsigned. */
  readonly authenticity?: Authenticity;
  /** Whose server it is; a foreign one is worth a word about what our User-Agent leaves out. */
  readonly serverOwner: 'embedded' | 'foreign';
}
