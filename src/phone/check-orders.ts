import type { FlashChange } from '../events/phone-event.ts';
import {
  bootFileName,
  provisioningFileName,
  unistimProvisioningFileName,
} from '../provisioning/file-name.ts';
import { softwareOf } from '../provisioning/load.ts';
import type { Section } from '../provisioning/section.ts';
import { type Source, sourceOfProvisioningFile } from '../provisioning/section-source.ts';
import { type CheckProgress, sectionInTurn } from './check-progress.ts';
import type { DownloadOrder } from './download.ts';
import type { PlanOrder } from './fetch-plan.ts';
import { requestOf } from './file-order.ts';
import type { KeepOrder } from './keep.ts';
import type { PhoneUnit } from './phone-unit.ts';
import { completionOf, erasuresOf, fileInTurn, sourceOfTurn, wantedByDate } from './section-turn.ts';
import type { TakeOrder } from './take-file.ts';

// What a check asks of the world, made of its progress: one function for each invocation.

/** The file a check begins with: what a phone asks for depends on what runs in it. */
export function planOrder(progress: CheckProgress): PlanOrder {
  const { unit, purpose, clockAheadMs } = progress;
  const { file, source } = planOf(unit, purpose);
  const request = requestOf(unit, 'provisioning-file', source, file);
  return {
    fetched: orderOf(progress, { file, request, hold: 'all' }),
    signature: knowsImagesOnly(progress) ? 'any' : 'as-policy-says',
    clockAheadMs,
  };
}

/** The boot loader and UNIStim software know [FW] only, and no security policy. */
export function knowsImagesOnly({ purpose, unit }: CheckProgress): boolean {
  return purpose === 'recovery' || softwareOf(unit.setup.flash.read().software) === 'UNIStim';
}

/** The file whose turn it is, to be fetched, verified and taken. */
export function takeOrder(progress: CheckProgress): TakeOrder {
  const isWanted = wantedByDate(progress);
  return { fetched: fileOrder(progress), kept: keepOrder(progress), ...(isWanted && { isWanted }) };
}

/** The file the user was asked about, with the answer that came or none. */
export function answeredOrder(progress: CheckProgress): KeepOrder {
  const { asked } = progress;
  if (asked === undefined) throw new Error('nothing was asked about a file');
  return { ...keepOrder(progress), file: asked.file, asked };
}

function fileOrder(progress: CheckProgress): DownloadOrder {
  const section = sectionInTurn(progress);
  const file = fileInTurn(progress) ?? '';
  const { source } = sourceOfTurn(progress);
  return orderOf(progress, {
    section: section.name,
    index: progress.turn + 1,
    file,
    request: requestOf(progress.unit, section.name, source, file),
    hold: section.name === 'FW' ? 'head' : 'all',
  });
}

function keepOrder(progress: CheckProgress): TakeOrder['kept'] {
  const { unit, check, turn, purpose, clockAheadMs } = progress;
  const writeAgain =
    purpose === 'recovery' ||
    (unit.world.quirks.fwIdentical === 'write-again' && progress.restarts === 'allowed');
  return {
    unit,
    check,
    index: turn + 1,
    section: sectionInTurn(progress),
    clockAheadMs,
    completion: completionOf(progress),
    restarts: purpose === 'recovery' ? 'allowed' : progress.restarts,
    writeImage: writeAgain ? 'always' : 'if-different',
  };
}

/** What DELETE_FILES YES erases before the files are fetched. */
export function eraseOrder(progress: CheckProgress): readonly FlashChange[] {
  return erasuresOf(sectionInTurn(progress), progress.unit);
}

/** The image begins to be written: should power fail now, the boot loader finds it so. */
export const markImageOrder: readonly FlashChange[] = [{ change: 'image', image: 'writing' }];

/** The image is written: in one write it is whole, it runs after the restart, and its version is stored. */
export function swapImageOrder(progress: CheckProgress): readonly FlashChange[] {
  if (progress.load === undefined) throw new Error('no image was accepted');
  return [
    { change: 'image', image: 'ok' },
    { change: 'software', software: progress.load },
    ...completionOf(progress),
  ];
}

function orderOf(
  { unit, door, check }: CheckProgress,
  rest: Pick<DownloadOrder, 'file' | 'request' | 'hold'> & { section?: Section['name']; index?: number },
): DownloadOrder {
  return { unit, door, check, ...rest };
}

/**
 * The boot loader and UNIStim software ask by TFTP, whatever the server's protocol. Documented: R4.3 manual,
 * the conversion to SIP is by TFTP. Assumed: the boot loader asks for <model>Boot.cfg (quirks.bootFile).
 */
export function planOf({ setup, world }: PhoneUnit, purpose: CheckProgress['purpose']): Plan {
  const { model, ports } = setup;
  const server = serverOf(setup);
  const byTftp = sourceOfProvisioningFile({ protocol: 'tftp', host: server.host, path: '' }, ports);
  if (purpose === 'recovery') {
    const file = world.quirks.bootFile === 'model-boot' ? bootFileName(model) : provisioningFileName(model);
    return { file, source: byTftp };
  }
  if (softwareOf(setup.flash.read().software) === 'UNIStim') {
    return { file: unistimProvisioningFileName(model), source: byTftp };
  }
  return { file: provisioningFileName(model), source: sourceOfProvisioningFile(server, ports) };
}

interface Plan {
  readonly file: string;
  readonly source: Source;
}

function serverOf(setup: PhoneUnit['setup']) {
  if (setup.server === null) throw new Error('a check runs without a provisioning server');
  return setup.server;
}
