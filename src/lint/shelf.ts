import type { ReceivedFile } from '../device/received-file.ts';
import type { Refusal } from '../device/verdict.ts';
import { verifyConfiguration } from '../device/verify-configuration.ts';
import { verifyFirmware } from '../device/verify-firmware.ts';
import { checkFileName } from '../provisioning/file-name.ts';
import { sameHost } from '../provisioning/host.ts';
import { parseProvisioningFile } from '../provisioning/provisioning-file.ts';
import type { Quirks } from '../provisioning/quirks.ts';
import type { Section } from '../provisioning/section.ts';
import {
  type Ports,
  type Source,
  sourceOf,
  sourceOfProvisioningFile,
} from '../provisioning/section-source.ts';
import type { ServerAddress } from '../provisioning/server-address.ts';
import { freshCircumstances, verifyAsFresh } from './as-fresh.ts';
import type { FindingList } from './finding-list.ts';
import type { RuleId } from './rules.ts';
import { readSettings, type SettingLines } from './setting-lines.ts';
import type { Arrival, Tree } from './tree.ts';

/** A provisioning file that is there. */
export interface Plan {
  readonly file: string;
  readonly sections: readonly Section[];
  /** An over-long line ended the reading: what it names is not all there is. */
  readonly cutOff: boolean;
  readonly modifiedMs?: number;
}

/** What a phone would find behind a name of a section. */
export interface Examined {
  /** As it is asked for. */
  readonly path: string;
  /** `elsewhere`: on another server, not looked at. */
  readonly state: 'taken' | 'refused' | 'missing' | 'elsewhere';
  /** Why it is refused or missing. */
  readonly code?: RuleId;
  readonly source: Source;
  /** Without its bytes. */
  readonly file?: ReceivedFile;
  /** Firmware: which load it is. */
  readonly load?: string;
  /** Configuration: its values and where they stand. */
  readonly settings?: SettingLines;
  readonly modifiedMs?: number;
}

/** How files are looked at. */
export interface ShelfOptions {
  readonly tree: Tree;
  readonly findings: FindingList;
  readonly quirks: Quirks;
  /** The address phones are given; undefined: not known. */
  readonly server: ServerAddress | undefined;
  readonly ports: Ports;
  /** Phones' own files: each must be there; may be there; or nobody knows which there are. */
  readonly userFiles: 'demanded' | 'if-there' | 'unasked';
}

const silence: Pick<FindingList, 'tell' | 'tellAll'> = { tell: () => {}, tellAll: () => {} };

/** Of a folder nobody said an address of: TFTP is the manual's own default (M43 p45). */
export const unknownServer: ServerAddress = { protocol: 'tftp', host: '', path: '' };

/** The files of a tree, each read once, looked at as its section would, and told about. */
export class Shelf {
  readonly #options: ShelfOptions;
  readonly #plans = new Map<string, Promise<Plan | undefined>>();
  readonly #examined = new Map<string, Promise<Examined>>();
  readonly #asked = new Set<string>();
  readonly #failed = new Set<string>();

  constructor(options: ShelfOptions) {
    this.#options = options;
  }

  /** Every path that a phone would ask for so far. */
  get asked(): ReadonlySet<string> {
    return this.#asked;
  }

  /** Provisioning files that did not arrive for another reason than not being there. */
  get failed(): ReadonlySet<string> {
    return this.#failed;
  }

  /** A provisioning file by its name; undefined when it does not arrive. */
  plan(file: string): Promise<Plan | undefined> {
    return remembered(this.#plans, file, () => this.#readPlan(file));
  }

  /** What stands behind a name of a section; `path` as the phone asks for it. */
  examine(
    plan: Plan,
    section: Section,
    named: { readonly path: string; readonly line: number },
  ): Promise<Examined> {
    const { server = unknownServer, ports, quirks, findings } = this.#options;
    const { source, problems } = sourceOf(section, { server, ports, quirks });
    findings.tellAll(problems, plan.file);
    const { protocol, host, port, pathPrefix } = source;
    const version = section.name === 'FW' ? section.version : '';
    const key = [plan.file, section.name, version, protocol, host, port, pathPrefix, named.path].join('\n');
    return remembered(this.#examined, key, () => this.#look(plan, section, named, source));
  }

  async #readPlan(file: string): Promise<Plan | undefined> {
    const { tree, findings, quirks, server = unknownServer, ports } = this.#options;
    this.#asked.add(file);
    const source = sourceOfProvisioningFile(server, ports);
    const arrival = await tree.fetch({ kind: 'provisioning-file', path: file, source });
    if (!arrival.arrived) {
      // Which models there are is another question; that a file is not there is no fault by itself.
      if (arrival.code !== 'NOT_FOUND') {
        this.#failed.add(file);
        findings.tell(arrival.code, { file, message: arrival.detail });
      }
      return undefined;
    }
    findings.tellAll(arrival.problems, file);
    const verdict = verifyConfiguration('provisioning-file', arrival.file, freshCircumstances(quirks));
    if (verdict.verdict === 'refused') {
      findings.tell(verdict.code, { file, message: verdict.message });
      return undefined;
    }
    const bytes = verdict.keeps?.bytes ?? arrival.file.bytes ?? arrival.file.head;
    const { sections, problems, cutOff } = parseProvisioningFile(bytes, { file, quirks });
    findings.tellAll(problems, file);
    const { modifiedMs } = arrival;
    return { file, sections, cutOff, ...(modifiedMs !== undefined && { modifiedMs }) };
  }

  async #look(
    plan: Plan,
    section: Section,
    { path, line }: { readonly path: string; readonly line: number },
    source: Source,
  ): Promise<Examined> {
    const { tree, findings, userFiles } = this.#options;
    const tell = (code: RuleId, message: string) =>
      findings.tell(code, { file: plan.file, line, section: section.name, message });
    const name = checkFileName(path);
    if (!name.ok) {
      tell('BAD_NAME', `${path === '' ? 'FILENAME' : path}: ${name.why}`);
      return { path, state: 'refused', code: 'BAD_NAME', source };
    }
    if (section.name === 'USER_CONFIG' && userFiles === 'unasked') {
      tell('USER_FILES_NOT_READ', 'no phone was named with --mac, so no SIP<MAC>.cfg was asked for');
      return { path, state: 'elsewhere', source };
    }
    this.#asked.add(path);
    const arrival = await tree.fetch({ kind: section.name, path, source });
    if (!arrival.arrived && section.name === 'USER_CONFIG' && userFiles === 'if-there') {
      return { path, state: 'missing', code: arrival.code, source };
    }
    if (!arrival.arrived) return this.#missing(arrival, section, { path, source, tell });
    findings.tellAll(arrival.problems, path);
    const { modifiedMs } = arrival;
    const seen = { path, source, ...(modifiedMs !== undefined && { modifiedMs }) };
    return { ...seen, ...this.#judge(section, arrival.file) };
  }

  async #missing(
    arrival: Extract<Arrival, { arrived: false }>,
    section: Section,
    { path, source, tell }: { path: string; source: Source; tell: (code: RuleId, message: string) => void },
  ): Promise<Examined> {
    const { code, detail, otherCase } = arrival;
    if (otherCase !== undefined) {
      tell('CASE_MISMATCH', `${path} is not there, ${otherCase} is; a phone asks for the first`);
      return this.#underOtherCase(section, otherCase, { path, source });
    }
    if (this.#isElsewhere(section) && code === 'NOT_FOUND') {
      tell('ON_ANOTHER_SERVER', `${path} comes from ${source.host}; it was not looked at`);
      return { path, state: 'elsewhere', source };
    }
    tell(code, `[${section.name}] names ${path}: ${detail}`);
    return { path, state: 'missing', code, source };
  }

  /** No phone gets it, but once it is renamed what is in it counts. */
  async #underOtherCase(
    section: Section,
    otherCase: string,
    asked: { readonly path: string; readonly source: Source },
  ): Promise<Examined> {
    this.#asked.add(otherCase);
    const other = await this.#options.tree.fetch({ kind: section.name, ...asked, path: otherCase });
    const judged = other.arrived ? this.#judge(section, other.file) : {};
    return { ...judged, ...asked, state: 'missing', code: 'CASE_MISMATCH' };
  }

  /** In a folder one cannot see what another host has. */
  #isElsewhere({ serverIp }: Section): boolean {
    const { tree, server } = this.#options;
    if (tree.paths === undefined || serverIp === undefined) return false;
    return server === undefined || !sameHost(serverIp, server.host);
  }

  /** What a phone makes of a file that arrived, told in the file itself. */
  #judge(
    section: Section,
    arrived: ReceivedFile,
  ): Pick<Examined, 'state' | 'code' | 'file' | 'load' | 'settings'> {
    const { findings, quirks, tree } = this.#options;
    // Phones' own files are all looked at elsewhere, this one among them.
    const told = section.name === 'USER_CONFIG' && tree.paths !== undefined ? silence : findings;
    const { bytes: _bytes, ...file } = arrived;
    const refused = ({ code, message }: Refusal) => {
      told.tell(code, { file: file.name, section: section.name, message });
      return { state: 'refused', code, file } as const;
    };
    if (section.name === 'FW') {
      const verdict = verifyFirmware(section, arrived, freshCircumstances(quirks));
      if (verdict.verdict === 'refused') return refused(verdict);
      told.tellAll(verdict.problems, file.name);
      return { state: 'taken', file, load: verdict.load };
    }
    const verdict = verifyAsFresh(section, arrived, quirks);
    if (verdict.verdict === 'refused') return refused(verdict);
    told.tellAll(verdict.problems, file.name);
    if (section.name !== 'DEVICE_CONFIG' && section.name !== 'USER_CONFIG') return { state: 'taken', file };
    const bytes = verdict.keeps?.bytes ?? arrived.bytes ?? arrived.head;
    const { settings, problems } = readSettings(bytes, { file: file.name, section: section.name, quirks });
    told.tellAll(problems, file.name);
    return { state: 'taken', file, settings };
  }
}

function remembered<T>(held: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = held.get(key);
  if (known !== undefined) return known;
  const made = make();
  held.set(key, made);
  return made;
}
