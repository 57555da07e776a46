import type { Circumstances, Draft } from './circumstances.ts';

// How a scenario brings about what a statechart speaks of: conditions by circumstances or by a detour, events
// by steps, and how it knows where the phone has come to.

/** A step as a scenario file has it. */
export type Step = string | Draft;

/** What makes a transition happen. */
export interface Means {
  readonly when?: Circumstances;
  /** Before it: the phone is led to a state, or a step is taken where it stands. */
  readonly first?: readonly Waypoint[];
  /** What causes it; else it comes by itself. */
  readonly step?: Step | readonly Step[];
  /** It hangs on what came before, so that a way to something else does not lead through it. */
  readonly pastCounts?: true;
}

export type Waypoint = { readonly at: string } | { readonly step: Step };

/** What causes an event of the chart. What is not here comes by itself. */
export const causes: Readonly<Record<string, Step>> = {
  'power.on': 'power.on',
  'power.off': 'power.off',
  'phone.resume': 'resume',
  'phone.reset': 'reset',
  'updates.check': 'check',
  'updates.ask': 'check.ask',
  'question.answer': { answer: 'yes' },
  'question.enter': { enter: 'AB' },
  'user-data.erase': 'erase-user-data',
  'factory.reset': 'factory-reset',
  'setting.type': { set: { BANNER: 'Deskphone' } },
  'settings.all-auto': 'all-auto',
  'dnd.set': { dnd: 'on' },
  'clock.set': { 'clock.set': '2026-03-02T09:00:00Z' },
  'clock.moved': { 'clock.set': '2026-03-02T09:00:00Z' },
  'login.submit': { login: '1001@office.example' },
  'logins.answer': { logins: 'refuse' },
  'memory.fail': { 'memory.fail': 'minor' },
  'notify.receive': { notify: 'check-sync' },
  'check-sync.accept': { 'check-sync': 'dialogue' },
  'update.begin': { 'check-sync': 'silent' },
  'offer.begin': { 'check-sync': 'dialogue' },
  'update.begun': 'check',
  'schedule.stop': 'reset',
  'phone.dark': 'reset',
  'check.endAfterFile': 'reset',
  'banner.confirm': 'banner.ok',
  logout: 'logout',
  'call.incoming': 'call.in',
  'call.dial': 'call.out',
  'call.end': 'call.end',
};

export const IDLE = 'phone.powered.life.up.idle';
const CHECKING = 'phone.powered.life.checking.work';
const OFFER = 'phone.powered.offer.asking';
const SILENT_SYNC = { step: { 'check-sync': 'silent' } } as const;
/** From 4.3 on a check-sync leaves its user alone until there is something to disturb for. */
const DISTURBED = { tree: 'disturbing', release: 'newer' } as const;
const BEFORE_THE_POLL = { step: { 'clock.set': '2026-03-02T09:59:30Z' } } as const;

/** What makes a condition hold, and what keeps it from holding where the circumstances alone do not. */
export const conditions: Readonly<Record<string, { readonly holds: Means; readonly fails?: Means }>> = {
  usesDhcp: { holds: { when: { address: 'byDhcp' } }, fails: { when: { address: 'byHand' } } },
  imageInterrupted: { holds: { when: { image: 'writing' } }, fails: { when: { image: 'ok' } } },
  noServer: { holds: { when: { server: 'none' } }, fails: { when: { server: 'there' } } },
  restartAsked: { holds: { when: { tree: 'firmware' } } },
  recoveryLeft: { holds: { when: { tree: 'missing' } }, fails: { when: { tree: 'missing' } } },
  dndFromTheStart: { holds: { when: { bootDnd: 'on' } } },
  atRunTime: { holds: { when: DISTURBED, first: [{ at: IDLE }, SILENT_SYNC] } },
  logsInByItself: { holds: { when: { login: 'automatic' } }, fails: { when: { login: 'byHand' } } },
  loginRefused: { holds: { when: { domain: 'unknown' } }, fails: { when: { domain: 'known' } } },
  userFilesWanted: {
    holds: { when: { userFiles: 'yes', login: 'automatic' } },
    fails: { when: { userFiles: 'no' } },
  },
  boundToLogin: { holds: { when: { login: 'bound' } }, fails: { when: { login: 'automatic' } } },
  bannerOwed: { holds: { when: { banner: 'yes', login: 'automatic' } }, fails: { when: { banner: 'no' } } },
  lockedOut: {
    holds: { pastCounts: true, when: { licensing: 'enforced', tree: 'licensed', login: 'automatic' } },
  },
  'erasurePending user-data-erased': {
    holds: { pastCounts: true, first: [{ at: CHECKING }, { step: 'erase-user-data' }] },
  },
  'erasurePending factory-reset': {
    holds: { pastCounts: true, first: [{ at: CHECKING }, { step: 'factory-reset' }] },
  },
  logoutPending: {
    holds: { pastCounts: true, first: [{ at: CHECKING }, { step: 'logout' }], when: { login: 'automatic' } },
  },
  loggedOut: { holds: { first: [{ at: 'phone.powered.life.up.login' }] }, fails: { first: [{ at: IDLE }] } },
  loggedIn: { holds: {} },
  restartsAtError: { holds: { when: { recovery: 'level2' }, step: { 'memory.fail': 'major' } } },
  acceptsNotify: { holds: { when: { checkSync: 'accepted' }, first: [{ at: IDLE }] } },
  bySilence: { holds: { step: SILENT_SYNC.step } },
  byKey: { holds: { step: { 'check-sync': 'key' } } },
  saysYes: { holds: {}, fails: { step: { answer: 'no' } } },
  steersPolls: { holds: { step: { set: { AUTO_UPDATE: 'YES' } } } },
  timeServerKnown: { holds: { when: { timeServer: 'known' } } },
  timeServerChanged: { holds: { when: { timeServer: 'known' } } },
  isTime: { holds: { when: { timeAnswer: 'right' } }, fails: { when: { timeAnswer: 'none' } } },
  pollWanted: { holds: { when: { polls: 'daily' } } },
  pollsSilently: { holds: { when: { pollsAre: 'silent' } }, fails: { when: { pollsAre: 'offered' } } },
  asksYesOrNo: { holds: { when: { tree: 'fingerprint' } } },
  asksForText: { holds: { when: { tree: 'typedFingerprint' } } },
  'in banner': { holds: { first: [{ at: 'banner' }] }, fails: { when: { banner: 'no' } } },
  'in updateDnd or userDnd': { holds: { first: [{ at: IDLE }, { step: { dnd: 'on' } }] } },
  'in line.inCall': { holds: { first: [{ at: 'phone.powered.line.inCall' }] } },
  'in offer.asking or in offer.waitingForKey': { holds: { first: [{ at: IDLE }, { at: OFFER }] } },
  'in life.checking': { holds: { first: [{ at: CHECKING }] } },
  'not (in life.up or in life.checking)': {
    holds: { first: [{ at: 'phone.powered.life.bootLoader' }] },
    fails: { first: [{ at: IDLE }] },
  },
  granted: { holds: {}, fails: { when: { lease: 'none' } } },
  forEver: { holds: { when: { lease: 'forEver' } }, fails: { when: { lease: 'ofAnHour' } } },
};

/** What the fact is by which a scenario knows that the phone has come to a state. */
export const arrivals: Readonly<Record<string, Draft>> = {
  'phone.powered.life.bootLoader': { fact: 'boot-loader.started' },
  'phone.powered.life.network.asking': { fact: 'dhcp.started' },
  'phone.powered.life.network.without': { fact: 'dhcp.failed', follows: 'nothing' },
  'phone.powered.life.recovery.trying': { fact: 'recovery.started' },
  'phone.powered.life.recovery.waiting': { fact: 'recovery.failed' },
  'phone.powered.life.startingSoftware': { fact: 'software.started' },
  checking: { fact: 'update.started' },
  'phone.powered.life.restarting': { fact: 'phone.restarting' },
  'phone.powered.life.up.loggingIn': { fact: 'login.started' },
  'phone.powered.life.up.takingUserFiles': { fact: 'login.succeeded' },
  'phone.powered.life.up.login': { fact: 'login.shown' },
  banner: { fact: 'banner.shown' },
  'phone.powered.life.up.idle': { fact: 'phone.idle' },
  'phone.powered.offer.asking': { fact: 'question.asked' },
  'phone.powered.clock.asking': { fact: 'sntp.asked' },
  'check.working': { fact: 'provisioning-file.read' },
  'check.askingInstall': { fact: 'question.asked' },
  'check.askingAboutFile': { fact: 'question.asked' },
  'check.writingImage': { fact: 'firmware.writing' },
  'dhcp.waiting': { fact: 'dhcp.leased' },
};

/** Where the phone stands while one of its other machines is at work. */
export const workplaces = { check: CHECKING, dhcp: 'phone.powered.life.network.asking' } as const;

/** Regions of the phone in which little happens before it is idle. */
export const regionsOfIdle: ReadonlySet<string> = new Set(['offer', 'line']);

/** What no rule above says of a transition. */
export const particulars: Readonly<Record<string, Means>> = {
  'phone.powered: login.submit [loggedIn] -> stays': { first: [{ at: IDLE }] },
  'phone.powered: device-settings.apply -> stays': {
    first: [{ at: IDLE }],
    step: { keys: 'Srvcs Srvcs 26567*738 OK "Device Settings" 1 192.0.2.7 OK Apply&Reset' },
  },
  'phone.powered.life.network: address.gained [loggedIn] -> phone.powered.life.up.idle': {
    pastCounts: true,
    when: { address: 'byDhcp' },
  },
  'phone.powered.life.network.asking: address.not-had -> phone.powered.life.network.without': {
    when: { lease: 'none' },
  },
  'phone.powered.life.up.arriving: at once [bannerOwed] -> banner': {
    pastCounts: true,
    when: { banner: 'yes', login: 'automatic', server: 'there' },
    first: [{ at: 'banner' }],
  },
  'phone.powered.life.up.loggedIn: at once [logoutPending] -> phone.powered.life.up.loggingOut': {
    when: { userFiles: 'yes', login: 'automatic' },
    first: [{ at: 'phone.powered.life.up.takingUserFiles' }, { step: 'logout' }],
  },
  'phone.powered.clock.choosing: at once -> phone.powered.clock.leftAlone': {
    when: { timeServer: 'known' },
    first: [{ at: IDLE }, { step: { advance: '1m' } }, { step: { set: { SNTP_ENABLE: 'NO' } } }],
    step: 'check',
  },
  'phone.powered.schedule.stopped: clock.moved [in life.up and pollWanted] -> phone.powered.schedule.waiting':
    {
      when: { polls: 'daily', timeServer: 'known', timeAnswer: 'none' },
      first: [{ at: IDLE }],
      step: { 'clock.set': '2026-03-02T09:00:00Z' },
    },
  'phone.powered.schedule.waiting: schedule.renew -> phone.powered.schedule.stopped': {
    when: { polls: 'daily', tree: 'pollsEnd' },
    first: [{ at: IDLE }],
    step: 'check',
  },
  'phone.powered.schedule.waiting: clock.moved -> phone.powered.schedule.waiting': {
    when: { polls: 'daily' },
    first: [{ at: IDLE }],
    step: { 'clock.set': '2026-03-02T09:00:00Z' },
  },
  'phone.powered.schedule.waiting: after poll [in life.checking] -> phone.powered.schedule.waiting': {
    when: { polls: 'daily', tree: 'asks' },
    first: [{ at: IDLE }, BEFORE_THE_POLL],
    step: 'check',
  },
  'phone.powered.schedule.waiting: after poll [in offer.asking or in offer.waitingForKey] -> phone.powered.schedule.waiting':
    { when: { polls: 'daily' }, first: [{ at: IDLE }, BEFORE_THE_POLL], step: { 'check-sync': 'dialogue' } },
  // A user's reset takes the call by itself; a check that ends with one leaves it to the boot loader.
  'phone.powered.line.inCall: phone.dark -> phone.powered.line.free': {
    when: { tree: 'firmware' },
    first: [{ at: IDLE }],
    step: 'check',
  },
  // No for the third time.
  'phone.powered.offer.declined: at once [lastRound] -> phone.powered.offer.resting': {
    first: [{ step: { advance: '4m' } }, { step: { answer: 'no' } }, { step: { advance: '4m' } }],
    step: { answer: 'no' },
  },
  'check.working: done [pausesFor] -> check.working': {
    when: DISTURBED,
    first: [{ at: IDLE }, SILENT_SYNC],
  },
  'check.working: done [pausesFor] -> check.askingInstall': { when: { tree: 'asks' } },
  'check.working: done [pausesFor] -> check.writingImage': { when: { tree: 'firmware' } },
  'check.askingAboutFile: after question -> check.working': { when: { tree: 'fingerprint' } },
  'check.askingAboutFile: check.endAfterFile -> check.finished': {
    when: { tree: 'fingerprint' },
    step: 'reset',
  },
  'check.askingAboutFile: question.enter [asksForText] -> check.working': {
    when: { tree: 'typedFingerprint' },
    step: [{ answer: 'yes' }, { wait: { fact: 'question.asked' } }, { enter: 'AB' }],
  },
  'check.working: after checkTotal -> check.finished': { when: { tree: 'endless' } },
};
