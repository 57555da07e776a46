/**
 * What the panel says, in English. A `%` stands for a value.
 *
 * Observed: the identifiers, in the language files of 4.4.9 and 4.4.10. Assumed: the texts. The English ones
 * are built into the image and were never seen, so these are ours, except where a line says otherwise.
 */
const messages = {
  caStartingPrompt: 'Starting in % s',
  caRestarting: 'Restarting in % s',
  caConnectingPrompt: 'Connecting...',
  caLocatingServer: 'Locating server',
  caServerUnreachable: 'Server unreachable',
  caFailDldTFTPCfg: 'Cannot download % file',
  caAttemptTFTP: 'Attempting download...',
  caUpdateSysCfg: 'Updating system config',
  caUpdateLangs: 'Updating languages',
  caUpdateDialplan: 'Updating dialing plan',
  caUpdateTones: 'Updating tones',
  caUpdateImages: 'Updating images',
  caUpdateLoginBanner: 'Updating login banner',
  caDownloadingUpdates: 'Downloading updates',
  caUpdatingFW: 'Updating FW...',
  caFWUpdatingFailed: 'FW update failed',
  caFWIdentical: 'FW identical',
  caFWNotSupport: 'FW not supported on this hardware',
  // Observed: "[FW] Authentication Failed" on an 1140E, in a field report.
  caAuthFailed: '[%] Authentication Failed',
  caFileIsNotSupported: '[%] Wrong file format',
  caUpdateFailed: '[%] update failed',
  caSkipped: '[%] skipped',
  caFilePrompt: 'File: %',
  caWriting: 'Writing...',
  caFinished: 'Finished',

  // No identifier is known for these; the keys are ours.
  maker: 'Avaya',
  // Observed: "12x0 IP Phone" stands on the Manual Configuration screen.
  phoneName: '% IP Phone',
  bootLoader: 'Boot loader',
  starting: 'Starting...',
  restarting: 'Restarting...',
  address: 'IP: %',
  percent: '% %%',
  kilobytes: '% kB',
  doNotSwitchOff: 'Do not switch off',
  recovering: 'Recovering FW % of %',
  recoveryFailed: 'Recovery failed',
  nextTry: 'Next try in % s',
  login: 'Login',
  // Observed: the 1165E says "Logging in user".
  loggingIn: 'Logging in user',
  loginFailed: 'Login failed',
  doNotDisturb: 'Do Not Disturb',
} as const;

export type MessageId = keyof typeof messages;

/** The text of a message with its values put in, in order; `%%` is a percent sign. */
export function message(id: MessageId, ...values: readonly (string | number)[]): string {
  let next = 0;
  return messages[id].replace(/%%?/g, (mark) => (mark === '%%' ? '%' : String(values[next++] ?? '')));
}
