import { FIRMWARE_BY_TFTP_TOTAL_MS } from '../../provisioning/limits.ts';
import { countedText, countText, durationText } from './figure-text.ts';
import type { FleetFigures } from './figures.ts';
import { filesOf } from './metric.ts';
import type { PhoneLimit } from './result.ts';

const TFTP_FIRMWARE_MAX_US = FIRMWARE_BY_TFTP_TOTAL_MS * 1_000;

/** What no phone bears, whatever thresholds say; of what was not tried nothing is said. */
export function phoneLimits(figures: FleetFigures): PhoneLimit[] {
  return [...firmwareInTime(figures), ...sessionsAccepted(figures)];
}

/** Documented: M43 p45, a phone gives up firmware over TFTP after 10 minutes. */
function firmwareInTime(figures: FleetFigures): PhoneLimit[] {
  const [files] = filesOf(figures, 'tftp', 'FW');
  if (files === undefined) return [];
  const late = files.causes.TOO_SLOW ?? 0;
  const longestUs = files.service.maxUs;
  const holds = late === 0 && longestUs <= TFTP_FIRMWARE_MAX_US;
  const says = holds
    ? `firmware over TFTP took ${durationText(longestUs)} at most; a phone gives up after 10m`
    : `firmware over TFTP did not arrive in time ${countedText(late, 'time')}; a phone gives up after 10m`;
  return [{ name: 'firmware-in-time', holds, says }];
}

/** A server that turns a phone away leaves it without its files until its next check. */
function sessionsAccepted(figures: FleetFigures): PhoneLimit[] {
  const files = filesOf(figures, undefined, undefined);
  const asked = files.reduce((sum, file) => sum + file.asked, 0);
  if (asked === 0) return [];
  const refused = files.reduce(
    (sum, { causes: { BUSY = 0, NO_BANNER = 0, REFUSED = 0 } }) => sum + BUSY + NO_BANNER + REFUSED,
    0,
  );
  const says =
    refused === 0
      ? 'no session was refused'
      : `the server turned phones away for ${countText(refused)} of ${countedText(asked, 'file')}: they go without until their next check`;
  return [{ name: 'sessions-accepted', holds: refused === 0, says }];
}
