import type { Protocol, SectionName } from './words.ts';

/** How long a phone waits for one file and how much of it it takes. */
export interface FileLimits {
  readonly connectMs: number;
  /** Longest silence once connected. */
  readonly idleMs: number;
  readonly totalMs: number;
  readonly sizeBytes: number;
}

/** A whole check for updates, questions not counted. Assumed. */
export const CHECK_TOTAL_MS = 7_200_000;

const MIB = 1024 * 1024;

/** Assumed, all of these: no manual names them. */
const limits = {
  connectMs: 10_000,
  idleMs: 30_000,
  fileTotalMs: 120_000,
  firmwareTotalMs: 1_800_000,
  configurationSizeBytes: MIB,
  fileSizeBytes: 8 * MIB,
  firmwareSizeBytes: 64 * MIB,
} as const;

/** Documented: M43 p45, a software download by TFTP is given up after 10 minutes. */
export const FIRMWARE_BY_TFTP_TOTAL_MS = 600_000;

/**
 * The limits of one file, by what it is and how it comes. `provisioning-file`: the boot loader's file too.
 */
export function limitsOf(kind: 'provisioning-file' | SectionName, protocol: Protocol): FileLimits {
  const { connectMs, idleMs } = limits;
  return { connectMs, idleMs, totalMs: totalMsOf(kind, protocol), sizeBytes: sizeBytesOf(kind) };
}

function totalMsOf(kind: 'provisioning-file' | SectionName, protocol: Protocol): number {
  if (kind !== 'FW') return limits.fileTotalMs;
  return protocol === 'tftp' ? FIRMWARE_BY_TFTP_TOTAL_MS : limits.firmwareTotalMs;
}

function sizeBytesOf(kind: 'provisioning-file' | SectionName): number {
  switch (kind) {
    case 'FW':
      return limits.firmwareSizeBytes;
    case 'provisioning-file':
    case 'DEVICE_CONFIG':
    case 'USER_CONFIG':
      return limits.configurationSizeBytes;
    default:
      return limits.fileSizeBytes;
  }
}
