import type { Protocol } from '../provisioning/words.ts';
import type { Capture } from './capture.ts';
import type { SeenFile } from './capture-seen.ts';

/** A file as a phone asked for it in one go: its repeats are in it. */
export interface Asked {
  readonly protocol: Protocol;
  /** Below the folder of the provisioning file; null: it was never said, since no server was there. */
  readonly file: string | null;
  readonly atMs: number;
  readonly attempts: number;
  /** From each refusal to the next attempt. */
  readonly pausesMs: readonly number[];
  /** Every time it went over the wire, the first at first. */
  readonly seen: readonly SeenFile[];
}

/** `<model>SIP.cfg`, or `<model>Boot.cfg` of the boot loader: a check begins with it. */
const provisioningFile = /^(.*\/)?(12[123]0|12xx)(?:SIP|Boot)\.cfg$/i;

/** Whether a check begins with this file. */
export function beginsCheck({ file }: Pick<Asked, 'file'>): boolean {
  return file !== null && provisioningFile.test(file);
}

/** The model that a provisioning file is for. */
export function modelOf(file: string): string | undefined {
  return provisioningFile.exec(file)?.[2];
}

/** What the phone at this address asked for, in order. */
export function askedBy(
  { files, tries }: Pick<Capture, 'files' | 'tries'>,
  address: string,
): readonly Asked[] {
  const own = files.filter((file) => file.address === address);
  const [root = ''] = own.flatMap(({ file }) => provisioningFile.exec(bare(file))?.[1] ?? []);
  const all: Asked[] = [];
  for (const seen of own) {
    const last = all.at(-1);
    if (last !== undefined && goesOnWith(last, seen)) all.splice(-1, 1, goneOn(last, seen));
    else all.push(firstOf(seen, root));
  }
  const nobodyThere = tries
    .filter((one) => one.address === address)
    .map(({ protocol, atMs }) => ({ protocol, file: null, atMs, attempts: 1, pausesMs: [], seen: [] }));
  return [...all, ...nobodyThere].toSorted((a, b) => a.atMs - b.atMs);
}

function firstOf(seen: SeenFile, root: string): Asked {
  const { protocol, atMs, attempts, pausesMs } = seen;
  const name = bare(seen.file);
  const file = name.startsWith(root) ? name.slice(root.length) : name;
  return { protocol, file, atMs, attempts, pausesMs, seen: [seen] };
}

/** HTTP asks again after a 503, and as its user after a 401. */
function goesOnWith({ seen }: Asked, next: SeenFile): boolean {
  const last = seen.at(-1);
  return (
    last?.protocol === 'http' &&
    next.protocol === 'http' &&
    last.file === next.file &&
    last.server === next.server &&
    (last.result === 'BUSY' || (last.result === 'ACCESS_DENIED' && last.user === undefined))
  );
}

function goneOn(asked: Asked, next: SeenFile): Asked {
  const last = asked.seen.at(-1);
  const seen = [...asked.seen, next];
  if (last?.result !== 'BUSY') return { ...asked, seen };
  const pausesMs = [...asked.pausesMs, next.atMs - last.atMs - last.ms];
  return { ...asked, seen, attempts: asked.attempts + 1, pausesMs };
}

function bare(file: string): string {
  return file.replace(/^\/+/, '');
}
