import { networkInterfaces } from 'node:os';
import { isIpv4, sameNetwork } from '../provisioning/ipv4.ts';

/** Whether this machine can send from an address: on Linux any of a loopback network, else what is listed. */
export function isOfThisMachine(address: string): boolean {
  return addressesOfThisMachine()(address);
}

/** The same for many addresses: the interfaces are looked at once. */
export function addressesOfThisMachine(): (address: string) => boolean {
  const own = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  return (address) =>
    own.some((one) => {
      if (one.address === address) return true;
      // An import of node:process looks at stdin: reads of a pipe that wait for its writer would fail.
      const isLoopback = process.platform === 'linux' && one.internal && one.family === 'IPv4';
      return isLoopback && isIpv4(address) && sameNetwork(address, one.address, one.netmask);
    });
}
