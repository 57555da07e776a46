/**
 * From where a proxy speaks to the server for a phone. On loopback every address is this machine's, so a
 * server's log names the phone there; elsewhere it names the proxy.
 */
export function addressTowards(server: string, phone: string): { readonly localAddress?: string } {
  return isLoopback(server) && isLoopback(phone) ? { localAddress: phone } : {};
}

function isLoopback(address: string): boolean {
  return address.startsWith('127.');
}
