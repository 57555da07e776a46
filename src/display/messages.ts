/**
 * What the panel says, in English. A `%` stands for a value.
 *
 * Observed: the identifiers, in the language files of 4.4.9 and 4.4.10. Assumed: the texts. The English ones
 * are built into the image and were never seen, so these are ours, except where a line says otherwise.
 */
const messages = {
  caStartingPrompt: 'Starting in % s',
  caRestarting: 'Restarting in % s',
  // Observed: "Starting DHCP..." in a field report.
  caStartDHCPPrompt: 'Starting DHCP...',
  caUnreachDHCPPrompt: 'DHCP server unreachable',
  caDHCPError: 'DHCP error',
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
  caUpdateSpeedDialList: 'Updating speed dials',
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
  caUpdateAvail: 'Updates available',
  caUpgradeSec2: 'Upgrade [%]?',
  caInstallButton: 'Install',
  // The short forms are for soft keys of six characters.
  ca6InstallButton: 'Instal',
  caLaterButton: 'Later',
  ca6LaterButton: 'Later',
  PromptAutoUpdateL1: 'Scheduled operation',
  PromptAutoUpdateL2: 'Check for updates now?',
  CheckUpdatesL1: 'Check for updates?',
  caReset2FactoryPrompt: 'Reset to factory?',
  caDHCPProvURL: ' URL:',
  caDHCPProvProtocol: ' Protocol:',

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
  inCall: 'In call',
  updateRunning: 'Update is running',
  logInFirst: 'Log in first',
  notReady: 'Phone is not ready',
  noServer: 'No provisioning server',
  screenInUse: 'Answer the question first',

  // Documented: M44 p45 and p141, S43 p39, UGA p21 to p24 and p155 to p161: soft keys and items of menus.
  yes: 'Yes',
  no: 'No',
  ok: 'OK',
  back: 'Back',
  allAutomatic: 'AllAut',
  loginKey: 'Login',
  redial: 'Redial',
  messages: 'Msgs',
  servicesKey: 'Srvcs',
  dnd: 'DND',
  prefs: 'Prefs',
  services: 'Services',
  search: 'Search',
  logout: 'Logout',
  checkForUpdates: 'Check for Updates',
  resetPhone: 'Reset Phone',
  fileManager: 'File Manager',
  loggingSystem: 'Logging System',
  phoneInformation: 'Phone Information',
  system: 'System',
  eraseUserData: 'Erase User Data',
  profiles: 'Profiles',
  sounds: 'Sounds',
  languages: 'Languages',
  images: 'Images',
  logs: 'Logs',
  systemFile: 'System file',
  allFiles: 'All files',
  network: 'Network',
  serverSettings: 'Server Settings',
  deviceSettings: 'Device Settings',
  diagnostics: 'Diagnostics',
  lock: 'Lock',
  ipInformation: 'IP Set & DHCP information',
  networkTools: 'Network Diagnostic tools',
  ethernetStatistics: 'Ethernet statistics',
  ipStatistics: 'IP network statistics',
  advancedTools: 'Advanced Diag Tools',
  testKey: 'Test Key',
  // Observed: "Reset Phone?" is the question of R4.4.
  resetQuestion: 'Reset Phone?',

  // Observed: the fields of Device Settings, its soft key for all of them, and what it says to a wrong one.
  serverUrl: 'Server URL',
  provisioningProtocol: 'Protocol',
  deviceId: 'Device ID',
  devicePassword: 'Password',
  applyAndReset: 'Apply&Reset',
  cancel: 'Cancel',
  wrongServerUrl: '"Server url" is incorrect.',

  // What follows is ours.
  apply: 'Apply',
  tftp: 'TFTP',
  ftp: 'FTP',
  http: 'HTTP',
  https: 'HTTPS',
  wrongDeviceId: '"Device ID" is incorrect.',
  wrongDevicePassword: '"Password" is incorrect.',
  enterCharacters: 'Enter % to % characters',
  moreKeys: 'More..',
  select: 'Select',
  clear: 'Clear',
  preferences: 'Preferences',
  acceptFile: 'Accept %?',
  fingerprintOf: 'Fingerprint of %?',
  passwordOf: 'Password of %?',
  userId: 'User ID:',
  authenticationId: 'Authentication ID:',
  // Documented: user guide of the 1140E p285.
  domainKey: 'Domain',
  password: 'Password:',
  adminPassword: 'Admin password:',
  wrongPassword: 'Wrong password',
  logoutQuestion: 'Log out?',
  eraseQuestion: 'Erase user data?',
  loadVersion: 'Load Ver: %',
  macAddress: 'MAC: %',
  userName: 'User: %',
  domainOf: 'Domain %: %',
} as const;

export type MessageId = keyof typeof messages;

const texts: ReadonlySet<string> = new Set(Object.values(messages).map((text) => text.toLowerCase()));

/** Whether a text is one that the panel says, whatever its letter case. */
export function isMessage(text: string): boolean {
  return texts.has(text.toLowerCase());
}

/** The text of a message with its values put in, in order; `%%` is a percent sign. */
export function message(id: MessageId, ...values: readonly (string | number)[]): string {
  let next = 0;
  return messages[id].replace(/%%?/g, (mark) => (mark === '%%' ? '%' : String(values[next++] ?? '')));
}
