/** Why no scenario comes to a transition, where that is known. */
const reasons: readonly (readonly [because: string, transitions: readonly string[]])[] = [
  [
    'the DHCP servers of a scenario are there or silent from its first to its last moment, and renew what they gave',
    [
      'phone.powered: address.lost -> stays',
      'dhcp.asking: done [lastAddressKept] -> dhcp.settled',
      'dhcp.waiting: after untilAct [expired] -> dhcp.asking',
      'dhcp.renewing: done [refused] -> dhcp.asking',
      'dhcp.renewing: done -> dhcp.waiting',
    ],
  ],
];

/** A sentence on why a transition has no scenario. */
export function whyUnreached(transition: string): string {
  const known = reasons.find(([, transitions]) => transitions.includes(transition));
  return known?.[0] ?? 'none of the ways that its chart shows was seen to take it; write one by hand';
}
