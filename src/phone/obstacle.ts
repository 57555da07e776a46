import { deviceCertificateOf } from '../device/circumstances.ts';
import type { PhoneEvent } from '../events/phone-event.ts';
import { softwareOf, whyNotConverted } from '../provisioning/load.ts';
import { problem } from '../provisioning/problem-codes.ts';
import type { Source } from '../provisioning/section-source.ts';
import { type CheckProgress, type SectionError, sectionInTurn } from './check-progress.ts';
import { badNameInTurn, fileInTurn, sourceOfTurn } from './section-turn.ts';
import { toldProblem } from './told.ts';

/** Why the file in turn is not even asked for, and how it is told. */
export interface Obstacle {
  readonly error: SectionError;
  readonly facts: readonly PhoneEvent[];
}

export function obstacleInTurn(progress: CheckProgress): Obstacle | undefined {
  return (
    climbingName(progress) ??
    conversionRefused(progress) ??
    missingDeviceCertificate(progress) ??
    deadServer(progress)
  );
}

function climbingName(progress: CheckProgress): Obstacle | undefined {
  const why = badNameInTurn(progress);
  if (why === undefined) return undefined;
  const { check, turn } = progress;
  const { name } = sectionInTurn(progress);
  const file = fileInTurn(progress) ?? '';
  const refusal = { check, index: turn + 1, section: name, file, code: 'BAD_NAME' as const, message: why };
  return { error: 'BAD_NAME', facts: [{ type: 'file.refused', ...refusal }] };
}

/** Documented: R4.3 manual, UNIStim below 062AC5L is upgraded as UNIStim first. */
function conversionRefused(progress: CheckProgress): Obstacle | undefined {
  const { unit, check, turn } = progress;
  const { software } = unit.setup.flash.read();
  const why = softwareOf(software) === 'UNIStim' ? whyNotConverted(software) : undefined;
  if (why === undefined) return undefined;
  const code = 'CONVERSION_REFUSED';
  const section = sectionInTurn(progress).name;
  const file = fileInTurn(progress) ?? '';
  return {
    error: code,
    facts: [
      { type: 'file.refused', check, index: turn + 1, section, file, code, message: why },
      toldProblem({ severity: 'error', code, section, file, message: why }, check),
    ],
  };
}

/**
 * Documented: S43 p40, HTTPS needs a device certificate on the phone. Assumed: it goes on without
 * (quirks.httpsNeedsDeviceCert).
 */
function missingDeviceCertificate(progress: CheckProgress): Obstacle | undefined {
  const { unit, check } = progress;
  if (
    unit.world.quirks.httpsNeedsDeviceCert !== 'refuse' ||
    sourceOfTurn(progress).source.protocol !== 'https'
  ) {
    return undefined;
  }
  if (hasDeviceCertificate(progress)) return undefined;
  const section = sectionInTurn(progress).name;
  const message = 'HTTPS needs a device certificate, and the phone has none';
  return { error: 'TLS', facts: [toldProblem({ severity: 'error', code: 'TLS', section, message }, check)] };
}

/** Assumed (quirks.deadServer: skip): a server that did not answer is not asked again in this check. */
function deadServer(progress: CheckProgress): Obstacle | undefined {
  const { unit, deadServers, check } = progress;
  if (unit.world.quirks.deadServer !== 'skip') return undefined;
  const server = serverKey(sourceOfTurn(progress).source);
  if (!deadServers.includes(server)) return undefined;
  const section = sectionInTurn(progress).name;
  const message = `${server} did not answer earlier in this check and is not asked again`;
  return {
    error: 'UNREACHABLE',
    facts: [toldProblem({ severity: 'error', code: 'UNREACHABLE', section, message }, check)],
  };
}

export function serverKey({ protocol, host, port }: Pick<Source, 'protocol' | 'host' | 'port'>): string {
  return `${protocol}://${host}:${port}`;
}

function hasDeviceCertificate({ unit }: CheckProgress): boolean {
  const { flash } = unit.setup;
  return deviceCertificateOf(flash.read(), (sha256) => flash.body(sha256)) !== undefined;
}

/** What is said of HTTPS without a device certificate when the phone goes on all the same. */
export function deviceCertificateNote(progress: CheckProgress): readonly PhoneEvent[] {
  if (progress.unit.world.quirks.httpsNeedsDeviceCert === 'refuse') return [];
  if (sourceOfTurn(progress).source.protocol !== 'https' || hasDeviceCertificate(progress)) return [];
  const section = sectionInTurn(progress).name;
  const message = 'HTTPS without a device certificate: going on without a client certificate';
  return [toldProblem(problem('NO_DEVICE_CERTIFICATE', { section, message }), progress.check)];
}
