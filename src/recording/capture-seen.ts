import type { TransferCode } from '../events/transfer-code.ts';
import type { Protocol } from '../provisioning/words.ts';

/** A request for a file as a wire saw it, whatever the protocol. */
export interface SeenFile {
  readonly protocol: Protocol;
  readonly atMs: number;
  /** Of the packet that asked, from 1. */
  readonly packet: number;
  /** Of the phone. */
  readonly address: string;
  readonly server: string;
  /** As it was asked for; percent signs of a URL are undone. */
  readonly file: string;
  /** `unknown`: the capture ends before it did, or lacks its end. */
  readonly result: 'ok' | TransferCode | 'unknown';
  readonly bytes: number;
  readonly ms: number;
  /** Absent: it did not arrive, or the capture lacks a part of it. */
  readonly body?: Buffer;
  /** How often it was asked for, one request after the other. */
  readonly attempts: number;
  /** Between one attempt and the next, in order. */
  readonly pausesMs: readonly number[];
  /** One character a byte. */
  readonly userAgent?: string;
  readonly host?: string;
  readonly user?: string;
}

/** A whole file is kept up to here; firmware has less. Our own bound. */
export const BODY_BYTES_MAX = 64 * 1024 * 1024;
