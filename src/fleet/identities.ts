import { parseDuration } from '../clock/durations.ts';
import { hostForm } from '../provisioning/host.ts';
import { isRunnable } from '../provisioning/load.ts';
import { nearestName } from '../provisioning/nearest-name.ts';
import {
  type Model,
  models,
  type Protocol,
  protocols,
  type SectionName,
  sectionNames,
} from '../provisioning/words.ts';
import { counted } from '../report/result-words.ts';

/** What a list says of one phone; what it leaves empty is as in the fleet file. */
export interface Identity {
  readonly mac: string;
  readonly model?: Model;
  readonly software?: string;
  readonly address?: string;
  readonly protocol?: Protocol;
  /** When it gets power, in ms from the start of the run: once, or again and again, later and later. */
  readonly at?: readonly number[];
  /** What it has stored of sections, by version. */
  readonly versions?: Readonly<Partial<Record<SectionName, string>>>;
}

export interface ListProblem {
  readonly line: number;
  readonly message: string;
}

export type IdentitiesReading =
  | { readonly identities: readonly Identity[] }
  | { readonly problems: readonly ListProblem[] };

/** So many problems are told: a wrong column is wrong in every line. */
const PROBLEMS_MAX = 20;

/**
 * Reads a CSV list of phones: a line of column names, then a line a phone. No quotes: none of its values has
 * a comma. Never throws.
 */
export function readIdentities(text: string): IdentitiesReading {
  if (text.trim() === '') return { problems: [{ line: 1, message: EMPTY }] };
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const columns = (lines[0] ?? '').split(',').map((name) => name.trim().toLowerCase());
  const problems: ListProblem[] = columnProblems(columns).map((message) => ({ line: 1, message }));
  if (problems.length > 0) return { problems };
  const identities: Identity[] = [];
  const lineOf = new Map<string, number>();
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line.trim() === '') continue;
    const read = identityOf(line, columns);
    if (typeof read === 'string') problems.push({ line: index + 1, message: read });
    else {
      const before = lineOf.get(read.mac);
      if (before !== undefined)
        problems.push({ line: index + 1, message: `${read.mac} is that of line ${before} too` });
      lineOf.set(read.mac, index + 1);
      identities.push(read);
    }
    if (problems.length >= PROBLEMS_MAX) return { problems };
  }
  if (problems.length > 0) return { problems };
  if (identities.length === 0)
    return { problems: [{ line: 1, message: 'has no phone; expected a line each' }] };
  return { identities };
}

type Column = keyof Identity;

const readers: { readonly [C in Column]: (text: string) => Identity[C] | undefined } = {
  mac: (text) => {
    const digits = text.replaceAll(/[:.-]/g, '').toUpperCase();
    return /^[0-9A-F]{12}$/.test(digits) ? digits : undefined;
  },
  model: (text) => models.find((known) => known === text),
  software: (text) => (isRunnable(text) ? text : undefined),
  address: (text) => (['IPv4', 'IPv6'].includes(hostForm(text) ?? '') ? text : undefined),
  protocol: (text) => protocols.find((known) => known === text.toLowerCase()),
  at: momentsIn,
  versions: versionsIn,
};

/** `0s 1d`. */
function momentsIn(text: string): readonly number[] | undefined {
  const moments: number[] = [];
  for (const word of text.split(/\s+/)) {
    const ms = parseDuration(word);
    if (ms === undefined || ms <= (moments.at(-1) ?? -1)) return undefined;
    moments.push(ms);
  }
  return moments;
}

/** `DEVICE_CONFIG=000002 TONES=01`. */
function versionsIn(text: string): Identity['versions'] | undefined {
  const versions: Partial<Record<SectionName, string>> = {};
  for (const word of text.split(/\s+/)) {
    const [, name, version] = /^([^=]+)=(.+)$/.exec(word) ?? [];
    const section = sectionNames.find((known) => known === name);
    if (section === undefined || version === undefined || versions[section] !== undefined) return undefined;
    versions[section] = version;
  }
  return versions;
}

const expectedIn: Readonly<Record<Column, string>> = {
  mac: '12 hex digits such as 00:1B:4F:12:30:01',
  model: models.join(', '),
  software: 'a load such as SIP12x004.01.13.00',
  address: 'an IP address such as 127.0.0.2',
  protocol: protocols.join(', '),
  at: 'a moment from the start of the run such as 90s, or several, later and later',
  versions: 'sections and what is stored of them, such as DEVICE_CONFIG=000002 TONES=000001',
};

const columnNames: readonly Column[] = ['mac', 'model', 'software', 'address', 'protocol', 'at', 'versions'];

const EMPTY = `is empty; expected a line of columns (mac and any of ${columnNames.slice(1).join(', ')}), then a line a phone`;

function columnProblems(columns: readonly string[]): readonly string[] {
  const unknown = columns
    .filter((name) => !columnNames.some((known) => known === name))
    .map((name) => {
      const meant = nearestName(name, columnNames);
      return `"${name}" is no column; ${meant === undefined ? `expected ${columnNames.join(', ')}` : `did you mean ${meant}?`}`;
    });
  if (unknown.length > 0) return unknown;
  const repeated = columnNames.filter((name) => columns.indexOf(name) !== columns.lastIndexOf(name));
  if (repeated.length > 0) return repeated.map((name) => `has several columns ${name}; expected one`);
  return columns.includes('mac') ? [] : ['has no column mac'];
}

function identityOf(line: string, columns: readonly string[]): Identity | string {
  const cells = line.split(',').map((cell) => cell.trim());
  if (cells.length !== columns.length) {
    return `has ${counted(cells.length, 'value')}; expected ${columns.length}, as many as there are columns`;
  }
  const cellOf = (column: Column) => cells[columns.indexOf(column)] ?? '';
  for (const column of columnNames) {
    const cell = cellOf(column);
    if (cell !== '' && readers[column](cell) === undefined)
      return `${column} is "${cell}"; expected ${expectedIn[column]}`;
  }
  const mac = readers.mac(cellOf('mac'));
  if (mac === undefined) return 'has no mac';
  const model = readers.model(cellOf('model'));
  const software = readers.software(cellOf('software'));
  const address = readers.address(cellOf('address'));
  const protocol = readers.protocol(cellOf('protocol'));
  const [at, versions] = [readers.at(cellOf('at')), readers.versions(cellOf('versions'))];
  return {
    mac,
    ...(model !== undefined && { model }),
    ...(software !== undefined && { software }),
    ...(address !== undefined && { address }),
    ...(protocol !== undefined && { protocol }),
    ...(at !== undefined && { at }),
    ...(versions !== undefined && { versions }),
  };
}
