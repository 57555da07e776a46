/** What a verdict adds to the codes of transfers, refusals and problems. Each says what to look at first. */
export const verdictCodes = {
  KEY_WITHOUT_EFFECT:
    'No screen took that key of --keys before the limit (--timeout): see which keys the last one has.',
  NO_CHECK: 'No check for updates was made: the run ended before the phone was up, or it never had power.',
  NO_POLL:
    'A daily poll needs AUTO_UPDATE YES, a valid time of day and a phone that is up: see noPollBecause.',
  NO_PROVISIONING_FILE: 'The phone came to no provisioning file: see the lines of its check.',
  NOT_COMPLETED: 'A section that was due is not complete, so its version is not stored: see its lines.',
  NOT_FINISHED:
    'The run was stopped, or its limit (--timeout) came, before the phone was at rest: see what it was busy with.',
  NOT_NOTIFIED:
    'No check-sync began a check before the limit (--timeout): see the answers to each NOTIFY, if any came.',
  RECOVERY:
    'An image write was cut off, and the boot loader found no other: it asks <model>Boot.cfg by TFTP.',
} as const;
