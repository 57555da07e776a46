import type { RunningServer } from '../served-request.ts';
import { openTftpSocket, textOfSender } from '../tftp-socket.ts';
import { ProxiedTransfer } from './proxied-transfer.ts';
import type { TcpProxyOptions } from './tcp-proxy.ts';

/**
 * A TFTP proxy: the phone's requests go to the server's port, and what the server says from a port of its own
 * comes to the phone from a port of ours (RFC 1350 section 4), so that late and doubled answers look as they
 * are. Rejects when the port cannot be had.
 */
export function startTftpProxy(options: Omit<TcpProxyOptions, 'rewriting'>): Promise<RunningServer> {
  const { listen, clock, server, newPassage, onEnd } = options;
  const transfers = new Map<string, ProxiedTransfer>();
  const front = openTftpSocket(listen);
  front.on('message', (packet, phone) => {
    const peer = textOfSender(phone);
    const known = transfers.get(peer);
    if (known !== undefined) return known.ask(packet);
    const transfer = new ProxiedTransfer({
      phone,
      server: { address: server.host, port: server.port },
      listen,
      front,
      clock,
      passage: newPassage(),
      onEnd: (passed) => {
        transfers.delete(peer);
        onEnd({ peer, ...passed });
      },
    });
    transfers.set(peer, transfer);
    transfer.ask(packet);
  });
  return new Promise((resolve, reject) => {
    front.once('error', reject);
    front.bind(options.port, listen, () => {
      front.off('error', reject);
      // What the system says later is about one packet that could not be sent; it counts as lost.
      front.on('error', () => {});
      resolve({
        port: front.address().port,
        close: async () => {
          for (const transfer of transfers.values()) transfer.stop();
          await new Promise<void>((closed) => front.close(() => closed()));
        },
      });
    });
  });
}
