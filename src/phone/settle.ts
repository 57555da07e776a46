import { changedSettings, pendingUntilLogout, pendingUntilRestart } from '../device/settings.ts';
import type { PhoneEvent } from '../events/phone-event.ts';
import { settingOf } from '../provisioning/parameters.ts';
import { problem } from '../provisioning/problem-codes.ts';
import type { CheckOutput, CheckProgress } from './check-progress.ts';
import { toldProblem } from './told.ts';

/**
 * How a check that went through ends: whether new settings restart the phone. Only the net difference over
 * the check counts.
 */
export function settle(progress: CheckProgress): CheckOutput {
  if (restartsForSettings(progress)) return { result: 'reboot', restart: 'configuration' };
  return { result: progress.downloads === 0 ? 'nothing-due' : 'done', restart: 'none' };
}

/**
 * Assumed: a net difference, FORCE_REBOOT YES, and a check other than that of power-up (quirks.configReboot,
 * quirks.configRebootAtPowerUp). Wazo ships FORCE_REBOOT YES with FORCED, and phones there do not loop.
 */
function restartsForSettings(progress: CheckProgress): boolean {
  const { unit, trigger, purpose, restarts } = progress;
  const { configReboot, configRebootAtPowerUp } = unit.world.quirks;
  if (purpose === 'recovery' || restarts === 'not-again' || configReboot === 'never') return false;
  if (trigger === 'power-up' && configRebootAtPowerUp === 'no') return false;
  const forced = settingOf(unit.setup.flash.read().settings, 'FORCE_REBOOT') === 'YES';
  return (configReboot === 'always' || forced) && netDifference(progress).length > 0;
}

/**
 * Settings that were received and wait: told, unless the phone restarts anyway. At power-up they take effect
 * at once (Assumed).
 */
export function pendingSettings(progress: CheckProgress): readonly PhoneEvent[] {
  if (progress.trigger === 'power-up' || restartsForSettings(progress)) return [];
  const changed = netDifference(progress);
  return [
    ...pendingUntilRestart(changed).map((name) =>
      pending(progress, `${name} takes effect after the next restart`),
    ),
    ...pendingUntilLogout(changed).map((name) =>
      pending(progress, `${name} takes effect after the next logout`),
    ),
  ];
}

function netDifference({ unit, settingsBefore }: CheckProgress): readonly string[] {
  return changedSettings(settingsBefore, unit.setup.flash.read().settings);
}

function pending({ check }: CheckProgress, message: string): PhoneEvent {
  return toldProblem(problem('RESTART_PENDING', { message }), check);
}
