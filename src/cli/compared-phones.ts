import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type FlashContents, factoryFlash } from '../device/flash-contents.ts';
import { openDirectoryFlash } from '../flash/directory-flash.ts';
import { FlashError } from '../flash/flash.ts';
import { memoryFlash } from '../flash/memory-flash.ts';
import { phoneMaker } from '../phone/phone-maker.ts';
import type { Model } from '../provisioning/words.ts';
import { type Outcome, OutcomeFold } from '../report/outcome.ts';
import { sayFileFailure } from '../scenario/file-failure.ts';
import { followPhone } from '../scenario/follow-phone.ts';
import { openWorld, type RunPlan } from '../scenario/world.ts';
import { directoryStore, type FileStore } from '../server/file-store.ts';
import { readCertificates } from './certificates.ts';
import type { Call } from './command.ts';
import type { DiffValues } from './diff.ts';
import { UsageError } from './exit-codes.ts';
import { authenticityOf } from './follow.ts';
import type { Io } from './io.ts';
import { assertLocalAddress } from './listening.ts';
import { shortfallOf } from './story-end.ts';
import type { PhoneSide } from './two-sides.ts';

/** A phone as both sides meet it. */
export interface ComparedPhone {
  readonly model: Model;
  readonly flash: FlashContents;
}

/** The phones that the options ask for. Throws `UsageError` for options that do not go together. */
export function comparedPhones(call: Call<DiffValues>): readonly ComparedPhone[] {
  const { mac, model, software, flash } = call.values;
  if (flash === undefined && mac.length === 0) {
    return model.map((one) => ({ model: one, flash: factoryFlash({ mac: `001B4F${one}01`, software }) }));
  }
  const chosen = call.given('model') ? model : (['1230'] as const);
  const [only = '1230'] = chosen;
  if (chosen.length !== 1) {
    const flag = flash === undefined ? '--mac' : '--flash';
    throw new UsageError(`${flag} with --model ${chosen.join(',')}: expected one model for it`);
  }
  if (flash === undefined) {
    return mac.map((one) => ({ model: only, flash: factoryFlash({ mac: one, software }) }));
  }
  if (mac.length > 1)
    throw new UsageError(`--flash with ${mac.length} of --mac: a flash is that of one phone`);
  return [{ model: only, flash: flashIn(flash, { software, ...(mac[0] !== undefined && { mac: mac[0] }) }) }];
}

/** Only read: both sides begin with the same, and neither leaves anything in it. */
function flashIn(directory: string, defaults: { readonly software: string; readonly mac?: string }) {
  if (!existsSync(join(directory, 'flash.json'))) {
    throw new UsageError(
      `--flash ${directory}: found no flash.json; expected that of a phone, as boot keeps it`,
    );
  }
  try {
    const flash = openDirectoryFlash(directory, defaults);
    flash.close();
    return flash.read();
  } catch (error) {
    if (!(error instanceof FlashError)) throw error;
    throw new UsageError(`--flash ${directory}: ${error.message}`);
  }
}

export const interrupted = 'interrupted';

interface Visit {
  readonly side: PhoneSide;
  readonly other: PhoneSide;
  readonly phone: ComparedPhone;
  readonly values: DiffValues;
  readonly seed: string;
  readonly io: Io;
}

/** What comes of a boot and a check for updates on one side. */
export async function outcomeOn(visit: Visit): Promise<Outcome | typeof interrupted> {
  const { phone: compared, values, io } = visit;
  if (values.localAddress !== undefined && visit.side.kind === 'server') {
    await assertLocalAddress(values.localAddress, io.clock);
  }
  const run = await openWorld(planOf(visit));
  const fold = new OutcomeFold();
  run.journal.listen((entry) => fold.add(entry));
  const phone = phoneMaker(run.world)({
    model: compared.model,
    flash: memoryFlash(compared.flash),
    server: run.server,
    serverOwner: run.serverOwner,
    ports: run.ports,
    ca: values.ca === undefined ? [] : [readCertificates('--ca ', values.ca)],
    tlsVerify: values.insecure ? 'accept-any' : 'verify',
    authenticity: authenticityOf(values),
    ...(values.localAddress !== undefined && { localAddress: values.localAddress }),
    ...(values.userAgentByte !== undefined && { userAgentByte: values.userAgentByte }),
  });
  try {
    const end = await followPhone(run, phone, {
      start: 'power-on',
      steps: ['check'],
      answering: { answers: values.answer ?? {} },
      timeoutMs: values.timeout,
      signal: io.stop,
    });
    phone.stop();
    if (end === interrupted) return interrupted;
    // Without a login nobody can ask for a check: the state shows it, and no server has failed.
    const allow = [...values.allow, { code: 'CHECK_REFUSED' }];
    return fold.outcome({ failOn: values.failOn, allow }, shortfallOf(end, { timeout: values.timeout }));
  } finally {
    phone.stop();
    await run.close();
  }
}

/** A folder beside a URL is asked in the same protocol and at the same pace of the phone. */
function planOf({ side, other, values, seed }: Visit): RunPlan {
  const overSockets = side.kind === 'server' || other.kind === 'server';
  const common = {
    seed,
    timings: values.timings ?? (overSockets && values.time === 'real' ? 'none' : 'field'),
    quirks: values.quirk,
  };
  if (side.kind === 'server') {
    const { sntpPort, ports, time } = values;
    const server = { kind: 'external', address: side.address } as const;
    return { ...common, time, ports, server, ...(sntpPort !== undefined && { sntpPort }) };
  }
  const protocol = values.protocol ?? (other.kind === 'server' ? other.address.protocol : 'http');
  return {
    ...common,
    time: 'virtual',
    ports: {},
    server: { kind: 'embedded', store: storeOf(side.folder), protocol },
  };
}

function storeOf(folder: string): FileStore {
  try {
    return directoryStore(folder);
  } catch (error) {
    throw new UsageError(`${folder}: ${sayFileFailure(error)}`);
  }
}
