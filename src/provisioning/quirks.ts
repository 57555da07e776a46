/** One switch for one thing nobody has shown us about the real phone: an *Assumed* rule. */
interface QuirkEntry<V extends string> {
  /** The first is the default. */
  readonly values: readonly [V, ...V[]];
  readonly says: string;
  /** Where the assumption starts from: manual, field, or nothing. */
  readonly source: string;
  /** What would turn it into knowledge. */
  readonly settledBy: string;
}

function quirk<const V extends string>(
  values: readonly [V, ...V[]],
  texts: { says: string; source: string; settledBy: string },
): QuirkEntry<V> {
  return { values, ...texts };
}

/**
 * Every *Assumed* rule that has a choice, with its default first. `docs/assumptions.md` is held against this
 * table by a test.
 */
export const quirkTable = {
  afterFailedFetch: quirk(['next', 'end'], {
    says: 'After a file that did not arrive, go on with the next file, or end the check.',
    source: 'The manuals name no retry rule but the one for 503 (M44 p64).',
    settledBy: 'A server log of a real check in which one file is missing.',
  }),
  bootFile: quirk(['model-boot', 'model-sip'], {
    says: 'The boot loader of an interrupted phone asks for <model>Boot.cfg, or for <model>SIP.cfg.',
    source: '12xxBoot.cfg is printed in the R4.3 manual; who asks for it is not.',
    settledBy: 'A TFTP log of a phone whose power was cut while it wrote its image.',
  }),
  checkSync: quirk(['by-release', 'key', 'silent', 'dialogue'], {
    says: 'What comes before a check that SIP NOTIFY check-sync asks for: by software release, a question that waits for a key, nothing, or the dialogue of the poll.',
    source: '04.01.13 waits for a key (Wazo); silent in 4.3 (S43 p12); the R4.4 user guide has the dialogue.',
    settledBy: 'A NOTIFY check-sync to a phone on 04.04.',
  }),
  configReboot: quirk(['force-reboot', 'always', 'never'], {
    says: 'When new settings restart the phone: with FORCE_REBOOT YES, always, or never.',
    source: 'FORCE_REBOOT: sipXecs note on USE_RPORT; always: one log of 4.4.33.',
    settledBy: 'A log of a real phone that gets a changed device configuration without FORCE_REBOOT.',
  }),
  configRebootAtPowerUp: quirk(['no', 'yes'], {
    says: 'Whether new settings received at power-up restart the phone too.',
    source: 'Wazo ships FORCE_REBOOT YES with FORCED and phones do not loop; one log of 4.4.33 shows yes.',
    settledBy: 'A log of a first boot with FORCE_REBOOT YES.',
  }),
  deadServer: quirk(['try', 'skip'], {
    says: 'A server that did not answer is tried again for the next file, or skipped for the rest of the check.',
    source: 'Nothing found.',
    settledBy: 'A capture of a check against a server that is down.',
  }),
  defaultProtocol: quirk(['tftp', 'as-provisioning-file'], {
    says: 'The protocol of a section without PROTOCOL.',
    source: 'Documented: TFTP (M43 p45); a site with FTP only suggests otherwise.',
    settledBy: 'A capture of a phone on an FTP or HTTP server with a section that names no PROTOCOL.',
  }),
  deleteFiles: quirk(['own', 'both'], {
    says: 'DELETE_FILES YES erases the stored files of its own section, or languages and tones alike.',
    source: 'M43 p45 says "language and tone files".',
    settledBy: 'A phone with both stored that is given DELETE_FILES YES in one section.',
  }),
  deviceCertProfile: quirk(['pkcs12', 'scep'], {
    says: 'What certificate profile 1 takes its certificate from: a PKCS#12 file, or SCEP ([DEV_CERT] is then refused).',
    source: 'M43 p243, M44 p248: SCEP from the factory; where it is set to PKCS#12 is not on the pages seen.',
    settledBy: 'A factory-reset phone that is given [DEV_CERT].',
  }),
  dndAtPowerUp: quirk(['no', 'yes'], {
    says: 'Whether the check at power-up turns DND on too.',
    source: 'The manual speaks of DND for the check a user asks for (M44 p45).',
    settledBy: 'A call to a phone during its first check.',
  }),
  ftpMode: quirk(['epsv', 'pasv', 'port'], {
    says: 'How an FTP data connection is opened: EPSV (PASV if refused), PASV only, or active PORT.',
    source: 'Nothing found.',
    settledBy: 'A capture of one FTP download.',
  }),
  ftpSession: quirk(['file', 'check'], {
    says: 'One FTP session for each file, or one for the whole check.',
    source: 'Nothing found.',
    settledBy: 'A vsftpd log of one check.',
  }),
  fullStoresVersion: quirk(['yes', 'no'], {
    says: 'Whether a section keeps its new version although a file was refused because five are stored.',
    source: 'S41 p34 calls five a hard limit; what becomes of the version is not said.',
    settledBy: 'A phone with five languages that is offered a sixth, twice.',
  }),
  fwBaseline: quirk(['running', 'stored'], {
    says: 'What [FW] VERSION is compared with under AUTO: the running software, or the stored version.',
    source: 'M44 p52: "the version of the load on the server"; the baseline is not named.',
    settledBy: 'A factory-reset phone that is offered the load it runs.',
  }),
  fwIdentical: quirk(['after-download', 'before-download', 'write-again'], {
    says: 'A FORCED image that is the running one: fetched and not written, not even fetched, or written again.',
    source: 'Message caFWIdentical in the language files.',
    settledBy: 'A server log of a phone with [FW] FORCED left in its file.',
  }),
  httpConnection: quirk(['check', 'file'], {
    says: 'One HTTP connection for a whole check and server, or one for each file (Connection: close).',
    source: 'Nothing found.',
    settledBy: 'A capture of one HTTP check.',
  }),
  httpsNeedsDeviceCert: quirk(['tell', 'refuse'], {
    says: 'HTTPS without a device certificate in the phone: go on and tell, or refuse.',
    source: 'S43 p40: HTTPS needs a device certificate on the phone.',
    settledBy: 'A phone without [DEV_CERT] that is given PROTOCOL HTTPS.',
  }),
  interruptedWrite: quirk(['recovery', 'old-image'], {
    says: 'After a power cut while the image is written: the boot loader recovers, or the old image still runs.',
    source: "The boot loader's recovery is in the R4.3 manual; what an interrupted write does is not.",
    settledBy: 'A phone whose power is cut while it shows "writing".',
  }),
  languageByDate: quirk(['no', 'yes'], {
    says: "Under AUTO a language that is stored is fetched by VERSION, or by the file's date (Last-Modified over HTTP): when it is later than the stored file's arrival.",
    source:
      'M43 p44: the date decides for language files; nothing a phone was seen to use for them carries one.',
    settledBy:
      'A language file that is replaced under the same VERSION, and the server log of the next check.',
  }),
  licensing: quirk(['ignore', 'enforce'], {
    says: 'A licensed feature that a received value switches on without a licence: its user gets in all the same, or stays at the login screen.',
    source: 'A FreePBX field report: nobody gets into the phone until the feature is off.',
    settledBy: 'A phone without [LICENSING] that is given MAX_LOGINS 2.',
  }),
  readBom: quirk(['read', 'ignore'], {
    says: 'A byte-order mark at the head of a text file: skipped, or the file is not read.',
    source: 'Nothing found.',
    settledBy: 'A provisioning file saved with a BOM.',
  }),
  readLoneCr: quirk(['read', 'ignore'], {
    says: 'A CR without LF ends a line, or is part of it.',
    source: 'Nothing found.',
    settledBy: 'A file with old Macintosh line ends.',
  }),
  readLowerCase: quirk(['read', 'ignore'], {
    says: 'Section names and keywords in lower case: read, or skipped as unknown.',
    source: 'Every example of the manuals and the field is in upper case.',
    settledBy: 'A section [device_config].',
  }),
  readImage: quirk(['read', 'ignore'], {
    says: '[IMAGE] is read as [IMAGES], or skipped as unknown.',
    source: 'S43 p37 prints [IMAGE], the 1200 manuals [IMAGES].',
    settledBy: 'A phone that is given [IMAGE].',
  }),
  readPolicy: quirk(['read', 'ignore'], {
    says: '[POLICY] is read as [SEC_POLICY], or skipped as unknown.',
    source: 'The R4.3 table of the 1200 manual prints [POLICY].',
    settledBy: 'A phone that is given [POLICY].',
  }),
  readUserKerys: quirk(['read', 'ignore'], {
    says: '[USER_KERYS] is read as [USER_KEYS], or skipped as unknown.',
    source: 'S41 p30 prints it; very likely a misprint.',
    settledBy: 'A phone that is given [USER_KERYS].',
  }),
  signerDates: quirk(['ignore', 'enforce'], {
    says: "Whether a signature counts after its signer's certificate has expired.",
    source:
      'The official language files are signed with a certificate that expired in 2020 and are still in use.',
    settledBy: 'A phone with a valid clock that is given an official language file.',
  }),
  stagger: quirk(['lcg-minutes', 'uniform-seconds', 'none'], {
    says: 'How a phone draws its delay within the poll window: by the known log, evenly in seconds, or not at all.',
    source:
      'One log of 4.4.33 prints its seed and 44 minutes; ANSI C reproduces both. Other ranges are untested.',
    settledBy: 'Logs of two more phones, one with AUTO_UPDATE_TIME_RANGE above 1.',
  }),
  clock: quirk(['assumed', 'sntp-only'], {
    says: 'With SNTP_ENABLE NO the clock is taken to be right, or there is none and no poll.',
    source:
      'The phone has no battery; without SNTP it asks the SIP proxy, which not every one answers (vendor model).',
    settledBy: 'A phone with AUTO_UPDATE YES and SNTP_ENABLE NO behind a proxy that sends no Date.',
  }),
  poll: quirk(['dialogue', 'silent'], {
    says: 'Whether a daily poll asks the user first.',
    source:
      'The R4.4 user guide describes the question for a scheduled update; others speak of remote ones only.',
    settledBy: 'A phone with AUTO_UPDATE YES, watched at the instant of its poll.',
  }),
  quietSections: quirk(['yes', 'no'], {
    says: 'From 4.3 on a check-sync check turns DND on only for sections other than LANGUAGE and DIALING_PLAN.',
    source: 'S43 p12: the user can go on while these two are refreshed.',
    settledBy: 'A call to a 4.3 phone while it fetches a language after check-sync.',
  }),
  retryAfter: quirk(['ignore', 'honour'], {
    says: 'Retry-After of a 503: ignored, or waited for (at most 60 s).',
    source: 'Nothing found.',
    settledBy: 'A server that answers 503 with Retry-After: 10.',
  }),
} as const;

export type QuirkName = keyof typeof quirkTable;

/** The value of every switch, and the one that is a number. */
export type Quirks = { readonly [N in QuirkName]: (typeof quirkTable)[N]['values'][number] } & {
  /** Bytes of custom data (tones, images, languages, banner, certificates, licences) that flash holds. */
  readonly customDataMax: number;
};

/** Every switch at its first-named value. */
export const defaultQuirks: Quirks = {
  ...(Object.fromEntries(Object.entries(quirkTable).map(([name, entry]) => [name, entry.values[0]])) as {
    [N in QuirkName]: (typeof quirkTable)[N]['values'][0];
  }),
  customDataMax: 512_000,
};
