import { SystemClock } from '../../src/clock/system-clock.ts';
import { VirtualClock } from '../../src/clock/virtual-clock.ts';
import { makeSelfSignedCertificate } from '../../src/device/sign.ts';
import type { TransferCode } from '../../src/events/transfer-code.ts';
import type { Protocol } from '../../src/provisioning/words.ts';
import { startEmbeddedServers } from '../../src/scenario/embedded-servers.ts';
import type { FaultRule } from '../../src/server/faults.schema.ts';
import { type FileStore, memoryStore } from '../../src/server/file-store.ts';
import { loopbackTransport } from '../../src/server/loopback.ts';
import { faultsFor } from '../../src/server/phone-faults.ts';
import type { ServedRequestListener } from '../../src/server/served-request.ts';
import { ftpTransport } from '../../src/transport/ftp.ts';
import { httpTransport } from '../../src/transport/http.ts';
import { tftpTransport } from '../../src/transport/tftp.ts';
import { type FileRequest, type Transport, TransportError } from '../../src/transport/transport.ts';
import { SwiftClock } from '../scenario/swift-clock.ts';

/** What a phone saw of one file. */
export interface Seen {
  readonly end: 'whole' | TransferCode;
  readonly body: Buffer;
  readonly ms: number;
}

/** A tree under rules, and one phone that asks for its files one after the other. */
export interface FaultStory {
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** What `from: old` stands for. */
  readonly old?: Readonly<Record<string, Uint8Array>>;
  readonly rules: readonly FaultRule[];
  readonly paths: readonly string[];
  /** The host's time, or a hundred times as fast where the phone has to lose patience; the wire's alone. */
  readonly pace?: 'real' | 'swift';
  readonly request?: Partial<FileRequest>;
  /** What the server tells; the loopback has none that could. */
  readonly onRequest?: ServedRequestListener;
}

/** One way to the same tree, with the same rules. */
export type FaultDoor = (protocol: Protocol, story: FaultStory) => Promise<readonly Seen[]>;

/** Made once: it costs more than all the rest. */
const tls = makeSelfSignedCertificate({
  commonName: 'localhost',
  addresses: ['127.0.0.1'],
  notBefore: new SystemClock().now() - 86_400_000,
  days: 2,
});

/** A server knows its phone by this address; on the loopback it is given as the phone's name. */
const PHONE = '127.0.0.1';
const SEED = 'contract';

export const faultDoors: Readonly<Record<'loopback' | 'wire', FaultDoor>> = {
  async loopback(protocol, story) {
    const clock = new VirtualClock(0);
    const faults = faultsFor(PHONE, planOf(story));
    const transport = loopbackTransport({ clock, store: memoryStore(story.files), faults });
    const told = fetchAll(transport, protocol, { story, port: 1, now: () => clock.now() });
    await clock.runWhile(() => true, 10 ** 9);
    return told;
  },

  async wire(protocol, story) {
    const clock = story.pace === 'swift' ? new SwiftClock(100) : new SystemClock();
    const servers = await startEmbeddedServers({
      clock,
      store: memoryStore(story.files),
      listen: PHONE,
      ports: { [protocol]: 0 },
      faults: planOf(story),
      ...(protocol === 'https' && { tls }),
      onRequest: (request) => story.onRequest?.(request),
    });
    const transport = openTransport(protocol, clock);
    try {
      const port = servers.ports[protocol] ?? 0;
      return await fetchAll(transport, protocol, { story, port, now: () => clock.now() });
    } finally {
      transport.close();
      await servers.close();
    }
  },
};

function planOf({ rules, old = {} }: FaultStory) {
  return { seed: SEED, rules, olderTrees: new Map<string, FileStore>([['old', memoryStore(old)]]) };
}

function openTransport(protocol: Protocol, clock: SystemClock | SwiftClock): Transport {
  if (protocol === 'tftp') return tftpTransport({ clock });
  if (protocol === 'ftp') return ftpTransport({ clock, mode: 'epsv', session: 'file' });
  return httpTransport({ clock, connection: 'check', retryAfter: 'ignore' });
}

async function fetchAll(
  transport: Transport,
  protocol: Protocol,
  { story, port, now }: { readonly story: FaultStory; readonly port: number; readonly now: () => number },
): Promise<readonly Seen[]> {
  const seen: Seen[] = [];
  for (const path of story.paths) {
    const startedMs = now();
    const chunks: Uint8Array[] = [];
    const request: FileRequest = {
      protocol,
      host: PHONE,
      port,
      path,
      userAgent: '',
      retriesOf503: 5,
      tls: { ca: [], verify: 'accept-any' },
      limits: { connectMs: 60_000, idleMs: 30_000, totalMs: 120_000, sizeBytes: 1 << 20 },
      ...story.request,
    };
    const end = await (async () => {
      try {
        for await (const chunk of transport.fetch(request, new AbortController().signal)) chunks.push(chunk);
        return 'whole';
      } catch (error) {
        if (!(error instanceof TransportError)) throw error;
        return error.code;
      }
    })();
    seen.push({ end, body: Buffer.concat(chunks), ms: now() - startedMs });
  }
  return seen;
}
