import type { UserProfile } from '../events/phone-event.ts';
import type { SectionName } from '../provisioning/words.ts';

/**
 * A file that flash holds. `content` is absent when a hand-written flash.json only named it: stored, content
 * unknown.
 */
export interface StoredFile {
  readonly name: string;
  readonly content?: StoredContent;
}

export interface StoredContent {
  readonly sizeBytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
  /** ISO instant. */
  readonly receivedAt: string;
}

export interface StoredSetting {
  readonly value: string;
  /** `dhcp`: of the info block of the lease in force, so that it wins over files. */
  readonly from: 'file' | 'dhcp' | 'manual';
}

/** What is kept of the last lease: an address for a silent network, and the provisioning server. */
export interface KeptLease {
  readonly address: string;
  readonly mask: string;
  readonly router: string | null;
  readonly dns: readonly string[];
  readonly domain: string | null;
  /** Option 66 as it came, with the password in it. */
  readonly provisioningServer: string | null;
}

/** What survives loss of power. Read and replaced as a whole. */
export interface FlashContents {
  /** 12 upper-case hex digits. */
  readonly mac: string;
  /** The running load, e.g. `SIP12x004.01.13.00`, or a UNIStim load such as `062AC7J`. */
  readonly software: string;
  readonly image: 'ok' | 'writing';
  /**
   * Version of each section's last completed download. No key: never completed; an empty text: completed with
   * an empty VERSION. Keys are section names, and `DEV_CERT#1` for a certificate profile.
   */
  readonly versions: Readonly<Record<string, string>>;
  readonly files: Readonly<Partial<Record<SectionName, readonly StoredFile[]>>>;
  /** Settings that did not come from the factory. */
  readonly settings: Readonly<Record<string, StoredSetting>>;
  readonly userDnd: boolean;
  /** Local date of the last poll, `YYYY-MM-DD`. */
  readonly lastPollDate: string | null;
  /**
   * Local dates that were polled, as spans `2026-03-02/2026-03-20`: none is polled twice, whatever the clock
   * does.
   */
  readonly polledDates: readonly string[];
  /** The user who is logged in; with AUTOLOGIN_ENABLE YES logged in again after loss of power (M44 p69). */
  readonly user: string | null;
  /** What is kept of each user, the one who logged in last at the end. */
  readonly profiles: Readonly<Record<string, UserProfile>>;
  /** null: there never was one, or the phone was reset since. */
  readonly lease: KeptLease | null;
}

/** The default phone's running software. */
export const DEFAULT_SOFTWARE = 'SIP12x004.01.13.00';
export const DEFAULT_MAC = '001B4F123001';

/** A phone as it leaves the factory. */
export function factoryFlash(identity: { mac: string; software?: string }): FlashContents {
  return {
    mac: identity.mac,
    software: identity.software ?? DEFAULT_SOFTWARE,
    image: 'ok',
    versions: {},
    files: {},
    settings: {},
    userDnd: false,
    lastPollDate: null,
    polledDates: [],
    user: null,
    profiles: {},
    lease: null,
  };
}
