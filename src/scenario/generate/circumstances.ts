import type { Quirks } from '../../provisioning/quirks.ts';

// What a phone finds: its server, its network, its user, what its flash holds. A path through a statechart
// has conditions; each asks for some of these, and a scenario has them side by side.

/** Keys and values as a scenario file has them; its reader checks them. */
export type Draft = Readonly<Record<string, unknown>>;

/** Parts of a scenario; those of several circumstances are joined key by key. */
interface Parts {
  readonly settings?: Readonly<Record<string, string>>;
  readonly flash?: Draft;
  readonly phone?: Draft;
  readonly files?: Draft;
  readonly faults?: readonly Draft[];
  readonly quirks?: Partial<Quirks>;
  /** Whole keys of the scenario; they win over what is made of the others. */
  readonly scenario?: Draft;
}

const USER = '1001@office.example';
const domain = { SIP_DOMAIN1: 'office.example', SERVER_IP1_1: '192.0.2.10' };
const lines = (...texts: readonly string[]) => `${texts.join('\n')}\n`;
const planned = (...texts: readonly string[]) => ({ '1230SIP.cfg': lines(...texts) });
const section = (name: string, version: string, file: string, ...more: readonly string[]) => [
  `[${name}]`,
  'DOWNLOAD_MODE AUTO',
  `VERSION ${version}`,
  ...more,
  `FILENAME ${file}`,
  'PROTOCOL HTTP',
];
const offer = { address: '192.0.2.77', mask: '255.255.255.0', router: '192.0.2.1' };
const FOR_EVER = '4294967295s';
const NEWER = 'SIP12x004.04.09.00';
const plan = { 'plan.txt': '/* Plan */\n$n = 5\n%%\n9xxx' };
/** Each of these comes too slowly for its two minutes; together they outlast a whole check. */
const ENDLESS = 70;

/** What there is, by what it is about; the first of each is so where nothing is asked for. */
export const circumstances = {
  tree: {
    nothingDue: {
      files: { ...planned(...section('DIALING_PLAN', '000001', 'plan.txt')), ...plan },
      flash: { DIALING_PLAN: '000001' },
    },
    missing: { files: { 'other.txt': '' } },
    due: { files: { ...planned(...section('DIALING_PLAN', '000001', 'plan.txt')), ...plan } },
    disturbing: {
      files: {
        ...planned(...section('DEVICE_CONFIG', '000001', 'device.cfg')),
        'device.cfg': 'BANNER Deskphone\n',
      },
    },
    asks: { files: { ...planned(...section('DIALING_PLAN', '000001', 'plan.txt', 'PROMPT YES')), ...plan } },
    fingerprint: {
      files: {
        ...planned(...section('SEC_POLICY', '000001', 'policy.txt')),
        'policy.txt': 'KEY_SIZE 2048\n',
      },
    },
    typedFingerprint: {
      files: {
        ...planned(
          ...section('SEC_POLICY', '000001', 'first.txt'),
          ...section('SEC_POLICY', '000002', 'second.txt'),
        ),
        'first.txt': 'SEC_POLICY_ACCEPT VAL_MANUAL_B\n',
        'second.txt': 'KEY_SIZE 2048\n',
      },
    },
    firmware: {
      files: {
        ...planned(...section('FW', NEWER, `${NEWER}.bin`)),
        // What the boot loader asks for after an image write that was cut short, by TFTP.
        '1230Boot.cfg': lines(...section('FW', NEWER, `${NEWER}.bin`).slice(0, -1), 'PROTOCOL TFTP'),
        [`${NEWER}.bin`]: { image: NEWER },
      },
    },
    licensed: {
      files: {
        ...planned(...section('DEVICE_CONFIG', '000001', 'device.cfg')),
        'device.cfg': 'MAX_LOGINS 2\n',
      },
    },
    pollsEnd: {
      files: {
        ...planned(...section('DEVICE_CONFIG', '000001', 'device.cfg')),
        'device.cfg': 'AUTO_UPDATE NO\n',
      },
    },
    endless: {
      files: {
        ...planned(
          '[IMAGES]',
          'VERSION 000001',
          'PROTOCOL HTTP',
          ...Array.from({ length: ENDLESS }, () => 'FILENAME slow.png'),
        ),
        'slow.png': { size: '1M' },
      },
      faults: [{ fault: 'bandwidth', match: 'slow.png', bytesPerSecond: 1024 }],
    },
  },
  server: { there: {}, none: { scenario: { server: 'none' } } },
  address: { byHand: {}, byDhcp: { scenario: { dhcp: { offers: [{ ...offer, lease: '1h' }] } } } },
  lease: {
    ofAnHour: {},
    forEver: { scenario: { dhcp: { offers: [{ ...offer, lease: FOR_EVER }] } } },
    none: { scenario: { dhcp: { offers: [] } } },
  },
  image: { ok: {}, writing: { flash: { image: 'writing' } } },
  login: {
    byHand: { settings: domain },
    automatic: { flash: { user: USER }, settings: { ...domain, AUTOLOGIN_ENABLE: 'YES' } },
    bound: {
      settings: {
        ...domain,
        AUTOLOGIN_ENABLE: 'USE_AUTOLOGIN_ID',
        AUTOLOGIN_ID_KEY01: USER,
        AUTOLOGIN_PASSWD_KEY01: 'not-a-secret',
      },
    },
  },
  domain: { known: {}, unknown: { settings: { SIP_DOMAIN1: 'elsewhere.example' } } },
  banner: {
    no: {},
    yes: {
      settings: { LOGIN_BANNER_ENABLE: 'YES' },
      flash: { LOGIN_BANNER: '000001', files: { LOGIN_BANNER: ['banner.txt'] } },
    },
  },
  userFiles: {
    no: {},
    yes: {
      settings: { USER_FILE_ENABLE: 'YES' },
      files: { [`${USER}.cfg`]: '[files]\naddressbook=book.txt\n', 'book.txt': '' },
    },
  },
  licensing: { ignored: {}, enforced: { quirks: { licensing: 'enforce' } } },
  bootDnd: { off: {}, on: { quirks: { dndAtPowerUp: 'yes' } } },
  polls: {
    off: {},
    daily: {
      settings: { AUTO_UPDATE: 'YES', AUTO_UPDATE_TIME: '36000', DST_ENABLED: 'NO' },
      quirks: { stagger: 'none' },
    },
  },
  pollsAre: { offered: {}, silent: { quirks: { poll: 'silent' } } },
  timeServer: { none: {}, known: { settings: { SNTP_ENABLE: 'YES', SNTP_SERVER: '192.0.2.123' } } },
  timeAnswer: { right: {}, none: { scenario: { timeServer: { answers: 'no' } } } },
  release: { usual: {}, newer: { phone: { software: NEWER } } },
  checkSync: {
    refused: {},
    accepted: { settings: { REMOTE_CHECK_FOR_UPDATE: 'YES' }, phone: { notifyFrom: 'anyone' } },
  },
  recovery: { level0: {}, level2: { settings: { RECOVERY_LEVEL: '2' } } },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Parts>>>>;

export type Circumstance = keyof typeof circumstances;
/** What is asked for; of the rest it does not matter. */
export type Circumstances = { readonly [C in Circumstance]?: keyof (typeof circumstances)[C] };

/** Both together; undefined: they contradict each other. */
export function together(some: Circumstances, others: Circumstances): Circumstances | undefined {
  const known = new Map<string, unknown>(Object.entries(some));
  const contradict = Object.entries(others).some(
    ([about, what]) => known.has(about) && known.get(about) !== what,
  );
  return contradict ? undefined : { ...some, ...others };
}

/** A scenario's beginning: phone, server and network under these circumstances. */
export function surroundingsOf(asked: Circumstances): Draft {
  const wanted = new Map<string, string>(Object.entries(asked));
  const parts = Object.entries(circumstances).map(([about, choices]): Parts => {
    const known = new Map<string, Parts>(Object.entries(choices));
    const [usual = {}] = known.values();
    return known.get(wanted.get(about) ?? '') ?? usual;
  });
  const flash = joined(parts.map((part) => part.flash));
  const settings = joined(parts.map((part) => part.settings));
  const faults = parts.flatMap((part) => part.faults ?? []);
  const quirks = joined(parts.map((part) => part.quirks));
  return {
    phone: { ...joined(parts.map(({ phone }) => phone)), flash: { ...flash, settings } },
    server: { files: joined(parts.map(({ files }) => files)), ...(faults.length > 0 && { faults }) },
    ...(Object.keys(quirks).length > 0 && { quirks }),
    ...joined(parts.map(({ scenario }) => scenario)),
  };
}

function joined(drafts: readonly (Draft | undefined)[]): Draft {
  return Object.fromEntries(drafts.flatMap((draft) => Object.entries(draft ?? {})));
}
