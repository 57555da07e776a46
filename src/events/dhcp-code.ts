/** How a phone can end up without a lease. Each comes with what to look at first. */
export const dhcpCodes = {
  NO_OFFER: 'No DHCP server made an offer: is one running on this network, with addresses left?',
  NO_ACK: 'A DHCP server offered an address and then did not acknowledge it: look at its log.',
  NAK: 'The DHCP server refused the address that was asked for: look at its log.',
  NO_ROUTE:
    'No route to 255.255.255.255 by that interface: add one with ip route, or bring the interface up.',
  ABORTED: 'The phone itself ended it: power was lost or the run was stopped.',
  LOCAL_LIMIT: 'This machine, not the network: UDP port 68 cannot be had (it needs root) or is in use.',
} as const;

export type DhcpCode = keyof typeof dhcpCodes;
