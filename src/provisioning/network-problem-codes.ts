/** Codes of problems with the phone's address and what comes with it, for the table of them all. */
export const networkProblemCodes = {
  DHCP_DOUBT: {
    severity: 'warning',
    says: 'A DHCP lease that is taken with a correction: compare the options of the server with what it is told.',
  },
  DHCP_UNREAD: {
    severity: 'note',
    says: 'A datagram on the DHCP port that no phone can use: left alone.',
  },
  DHCP_SERVER_ADDRESS: {
    severity: 'error',
    says: 'Option 66 is no address of a provisioning server (M44 p105, p106): it is left alone, and the last one that was good counts.',
  },
  MANUAL_SERVER_STAYS: {
    severity: 'note',
    says: 'A provisioning server that was set by hand (in a run: the URL given) wins over DHCP option 66 (A44 p140).',
  },
  INFO_BLOCK: {
    severity: 'warning',
    says: 'A piece of the DHCP info block that is no name=value: it is skipped. What real phones take there was never printed.',
  },
  FOREIGN_ADDRESS: {
    severity: 'note',
    says: "Requests leave from another address than the phone's lease: this machine does not have that one. ip address add gives it.",
  },
  DHCP_VALUE_STAYS: {
    severity: 'warning',
    says: 'A setting of the DHCP info block wins over the file (A44 p140): take it out of one of the two.',
  },
} as const;
