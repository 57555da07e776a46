/** The phones that share the SIP12x0 image. */
export const models = ['1210', '1220', '1230'] as const;
export type Model = (typeof models)[number];

export const protocols = ['tftp', 'ftp', 'http', 'https'] as const;
export type Protocol = (typeof protocols)[number];

/** Every section a provisioning file may hold (S41 p30, S43 p37), spelt as the manual does. */
export const sectionNames = [
  'DEVICE_CONFIG',
  'FW',
  'DIALING_PLAN',
  'LANGUAGE',
  'IMAGES',
  'TONES',
  'LICENSING',
  'SEC_POLICY',
  'DEV_CERT',
  'CTL',
  'CRL',
  'USER_KEYS',
  'LOGIN_BANNER',
  'USER_CONFIG',
] as const;
export type SectionName = (typeof sectionNames)[number];

/** What starts a check for updates; a reset counts as power-up. */
export const triggers = ['power-up', 'soft-key', 'poll', 'check-sync'] as const;
export type Trigger = (typeof triggers)[number];

export const downloadModes = ['AUTO', 'FORCED'] as const;
export type DownloadMode = (typeof downloadModes)[number];

export const severities = ['note', 'warning', 'error'] as const;
export type Severity = (typeof severities)[number];

/** Of errors in the ECR log, the worst first. Documented: M44 p69, RECOVERY_LEVEL counts them from 1. */
export const errorSeverities = ['critical', 'major', 'minor', 'info'] as const;
export type ErrorSeverity = (typeof errorSeverities)[number];
