import { afterAll, beforeAll, expect, test } from 'vitest';
import { SystemClock } from '../../src/clock/system-clock.ts';
import { askTime } from '../../src/network/sntp.ts';
import { peerSuite } from '../peers/available.ts';
import { chrony, type RunningChronyd, startChronyd } from './chronyd.ts';

const never = new AbortController().signal;
/** Ours and the server's clock are one; half a second is for a busy machine. */
const OFFSET_MAX_MS = 500;

function ask({ host, port }: RunningChronyd) {
  return askTime({ clock: new SystemClock(), server: host, port, timeoutMs: 5_000 }, never);
}

peerSuite('the time of a real server', [chrony], () => {
  let synchronised: RunningChronyd;
  let astray: RunningChronyd;
  beforeAll(async () => {
    [synchronised, astray] = await Promise.all([
      startChronyd('synchronised'),
      startChronyd('without a source'),
    ]);
  });
  afterAll(() => Promise.all([synchronised.stop(), astray.stop()]));

  test('is ours, since it runs on this machine', async () => {
    const { offsetMs, roundTripMs, stratum } = await ask(synchronised);
    expect(stratum).toBe(10);
    expect(Math.abs(offsetMs)).toBeLessThan(OFFSET_MAX_MS);
    expect(roundTripMs).toBeLessThan(2 * OFFSET_MAX_MS);
  });

  test('is refused when the server has none itself', async () => {
    await expect(ask(astray)).rejects.toMatchObject({ name: 'SntpError', code: 'UNSYNCHRONISED' });
  });
});
