import type { UdpSocket } from './udp-socket.ts';

/**
 * Sockets of finished transfers that a process keeps, so that the last ACK can be given again when the last
 * DATA comes again (RFC 1350 section 6, "dallying"). It costs the caller nothing: no wait, no timer, no hold
 * on the process; a socket goes when so many later transfers have ended, or with its transport. The bound is
 * one for the whole process, not one for each phone, since file descriptors are the process's: ten thousand
 * phones open no more than these beyond the running transfers. Once the port is closed the system tells a
 * repeating server so by ICMP, which ends it too.
 */
const LINGERING_MAX = 16;

interface Place {
  owner: Lingerers | undefined;
  socket: UdpSocket | undefined;
}

/**
 * A ring: the next place is the one taken longest ago. (A `Map` is slower here: its old tables outlive many
 * collections.)
 */
const places: readonly Place[] = Array.from({ length: LINGERING_MAX }, () => ({
  owner: undefined,
  socket: undefined,
}));
let nextPlace = 0;

/** The lingering sockets of one transport. */
export class Lingerers {
  add(socket: UdpSocket): void {
    const place = places[nextPlace];
    if (!place) throw new Error('There is no place to linger');
    nextPlace = (nextPlace + 1) % LINGERING_MAX;
    place.socket?.close();
    place.owner = this;
    place.socket = socket;
    socket.unref();
  }

  closeAll(): void {
    for (const place of places) {
      if (place.owner !== this) continue;
      place.socket?.close();
      place.socket = undefined;
      place.owner = undefined;
    }
  }
}
