import { createHash } from 'node:crypto';
import { decideLogin, refuseLogin } from '../device/login.ts';
import type { Settings } from '../device/settings.ts';
import type { Quirks } from '../provisioning/quirks.ts';
import type { Section } from '../provisioning/section.ts';
import { type Ports, type Source, sourceOf } from '../provisioning/section-source.ts';
import type { ServerAddress } from '../provisioning/server-address.ts';
import { verifyAsFresh } from './as-fresh.ts';
import type { FindingList } from './finding-list.ts';
import type { PlanReading } from './judge-plan.ts';
import { judgeSettings, type Offered } from './judge-settings.ts';
import { inForce, readSettings, type SettingLines } from './setting-lines.ts';
import { unknownServer } from './shelf.ts';
import type { Tree } from './tree.ts';

/** How phones' own files are looked at. */
interface UserFilesOrder {
  readonly tree: Tree;
  readonly server: ServerAddress | undefined;
  readonly ports: Ports;
  readonly quirks: Quirks;
  readonly software: readonly [string, ...string[]];
  readonly findings: FindingList;
  readonly offered: Offered;
  breathe(): Promise<void>;
}

/** Files read between two pauses. */
const FILES_PER_BREATH = 500;

/**
 * Reads phones' own files one after the other, as the first provisioning file with [USER_CONFIG] has them
 * asked for. Answers how many of them switch the daily poll on.
 */
export async function judgeUserFiles(
  files: readonly string[],
  readings: readonly PlanReading[],
  order: UserFilesOrder,
): Promise<number> {
  for (const { plan, values } of readings) {
    const section = plan.sections.find(({ name }) => name === 'USER_CONFIG');
    if (section === undefined) continue;
    const judge = new UserFileJudge({ ...order, section, before: values });
    for (const [index, file] of files.entries()) {
      if (index % FILES_PER_BREATH === 0) await order.breathe();
      await judge.judge(file);
    }
    return judge.polling;
  }
  return 0;
}

interface UserFileOrder extends UserFilesOrder {
  readonly section: Section;
  /** Values of the device configuration file. */
  readonly before: Readonly<Record<string, string>>;
}

/** Of each file no more is kept than a digest of its login. */
class UserFileJudge {
  /** Files that switch the daily poll on. */
  polling = 0;
  readonly #order: UserFileOrder;
  readonly #source: Source;
  readonly #before: Settings;
  readonly #fileOfLogin = new Map<string, string>();

  constructor(order: UserFileOrder) {
    const { section, server = unknownServer, ports, quirks, before } = order;
    this.#order = order;
    this.#source = sourceOf(section, { server, ports, quirks }).source;
    this.#before = asSettings(before);
  }

  async judge(file: string): Promise<void> {
    const { tree, section, quirks, before, offered, findings } = this.#order;
    const arrival = await tree.fetch({ kind: 'USER_CONFIG', path: file, source: this.#source });
    if (!arrival.arrived) {
      findings.tell(arrival.code, { file, section: 'USER_CONFIG', message: arrival.detail });
      return;
    }
    const verdict = verifyAsFresh(section, arrival.file, quirks);
    if (verdict.verdict === 'refused') {
      findings.tell(verdict.code, {
        file,
        section: 'USER_CONFIG',
        message: withoutName(verdict.message, file),
      });
      return;
    }
    const bytes = verdict.keeps?.bytes ?? arrival.file.bytes ?? arrival.file.head;
    const { settings, problems } = readSettings(bytes, { file, section: 'USER_CONFIG', quirks });
    findings.tellAll(problems, file);
    judgeSettings({ file, section: 'USER_CONFIG', settings, before }, offered, findings);
    if (inForce('AUTO_UPDATE', settings, before) === 'YES') this.polling++;
    this.#judgeLogin(file, settings);
  }

  #judgeLogin(file: string, { values, lines }: SettingLines): void {
    const settings = { ...this.#before, ...asSettings(values) };
    const line = lines.get('AUTOLOGIN_ID_KEY01') ?? lines.get('AUTOLOGIN_ENABLE');
    const at = { file, section: 'USER_CONFIG' as const, ...(line !== undefined && { line }) };
    if (settings['AUTOLOGIN_ENABLE']?.value !== 'USE_AUTOLOGIN_ID') return;
    const decision = decideLogin(settings, null);
    if (decision.login === 'screen') {
      this.#order.findings.tell('NO_AUTOLOGIN_ID', { ...at, message: decision.why });
      return;
    }
    const refusal = refuseLogin(decision.user, settings, {
      software: this.#order.software[0],
      nameServer: 'answers',
    });
    if (refusal !== undefined) {
      const message = refusal.message.replaceAll(decision.user, `...${domainOf(decision.user)}`);
      this.#order.findings.tell(refusal.code, { ...at, message });
    }
    this.#judgeShared(decision.user, at);
  }

  /** A digest, since a name cut out of a file would keep all of the file in memory. */
  #judgeShared(user: string, at: { readonly file: string; readonly line?: number }): void {
    const digest = createHash('md5').update(user).digest('base64');
    const other = this.#fileOfLogin.get(digest);
    if (other === undefined) this.#fileOfLogin.set(digest, at.file);
    else
      this.#order.findings.tell('SAME_LOGIN', {
        ...at,
        message: `AUTOLOGIN_ID_KEY01 is that of ${other} too`,
      });
  }
}

/** So that phones with one fault have one message. */
function withoutName(message: string, file: string): string {
  return message.replaceAll(file, 'the file');
}

function domainOf(user: string): string {
  return user.includes('@') ? user.slice(user.indexOf('@')) : '';
}

function asSettings(values: Readonly<Record<string, string>>): Settings {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, from: 'file' }]));
}
