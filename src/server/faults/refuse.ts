import type { Fault } from '../fault.ts';

/** Nothing listens at the port: a TCP connection is refused, and a datagram comes back as ICMP. */
export const refuse: Fault<'refuse'> = (answer) => ({ ...answer, server: 'refusing' });
