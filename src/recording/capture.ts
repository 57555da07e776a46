import type { Protocol } from '../provisioning/words.ts';
import { type SeenFtp, seenFtp } from './capture-ftp.ts';
import { type SeenHttp, seenHttp } from './capture-http.ts';
import type { SeenFile } from './capture-seen.ts';
import { type SeenTftp, seenTftp } from './capture-tftp.ts';
import { type SeenDhcp, type SeenMoment, seenDhcp, seenNotify, seenSntp } from './capture-wires.ts';
import type { CaptureNote } from './pcap-notes.ts';
import { readTraffic, type Traffic } from './pcap-traffic.ts';

/** A connection that was asked for and never came about. */
export interface SeenTry {
  readonly atMs: number;
  readonly address: string;
  readonly server: string;
  readonly protocol: Protocol;
  readonly result: 'refused' | 'unanswered';
}

/** What a wire saw of phones, read as far as it can be. */
export interface Capture {
  readonly packets: number;
  readonly beginsAtMs: number;
  readonly endsAtMs: number;
  /** Every request for a file, in order; a repeat over HTTP is one of its own. */
  readonly files: readonly SeenFile[];
  readonly tftp: readonly SeenTftp[];
  readonly http: readonly SeenHttp[];
  readonly ftp: readonly SeenFtp[];
  readonly tries: readonly SeenTry[];
  readonly dhcp: readonly SeenDhcp[];
  readonly sntp: readonly SeenMoment[];
  readonly notify: readonly SeenMoment[];
  /** Connections that are none of these: TLS, SIP and whatever else. */
  readonly otherConnections: number;
  readonly macs: ReadonlyMap<string, string>;
  readonly notes: readonly CaptureNote[];
}

/** Reads a capture: classic pcap or pcapng. Never throws. */
export function readCapture(bytes: Buffer): Capture {
  return captureOf(readTraffic(bytes));
}

/** What the traffic was about. */
export function captureOf(traffic: Traffic): Capture {
  const { packets, beginsAtMs, endsAtMs, datagrams, connections, macs, notes } = traffic;
  const tftp = seenTftp(datagrams);
  const http = connections.flatMap((connection) => seenHttp(connection) ?? []);
  const ftp = connections.flatMap((connection) => seenFtp(connection, connections) ?? []);
  const files = [
    ...tftp,
    ...http.flatMap(({ gets }) => gets),
    ...ftp.flatMap((session) => session.files),
  ].toSorted((a, b) => a.atMs - b.atMs);
  return {
    packets,
    beginsAtMs,
    endsAtMs,
    files,
    tftp,
    http,
    ftp,
    tries: triesIn(traffic),
    dhcp: seenDhcp(datagrams),
    sntp: seenSntp(datagrams),
    notify: seenNotify(datagrams),
    otherConnections: connections.length - http.length - ftp.length,
    macs,
    notes,
  };
}

const protocolsOfPorts: Readonly<Record<number, Protocol>> = { 21: 'ftp', 80: 'http', 443: 'https' };

/** Nothing was said, so only the usual port tells the protocol. */
function triesIn({ connections }: Traffic): readonly SeenTry[] {
  return connections.flatMap(({ opening, client, server, openedAtMs }): SeenTry[] => {
    const protocol = protocolsOfPorts[server.port];
    if (opening === 'open' || protocol === undefined) return [];
    const { address } = client;
    return [{ atMs: openedAtMs, address, server: server.address, protocol, result: opening }];
  });
}
