import { expect, test } from 'vitest';
import { answerHttp } from './servers.ts';
import { runTold } from './told-run.ts';

const jump = ['boot', '--time', 'jump', '--seed', '7'];

/** Field timings of the demo: boot loader twice, the image's write, login. */
const DEMO_BOOT_MIN_MS = 80_000;

test('the demo over sockets in jump time keeps field timings, and waits for none of them', async () => {
  const startedMs = performance.now();
  const { code, started, facts } = await runTold(jump);
  const tookMs = performance.now() - startedMs;
  expect({ code, time: started['time'], timings: started['timings'] }).toEqual({
    code: 0,
    time: 'jump',
    timings: 'field',
  });
  expect(facts.at(-1)?.at).toBeGreaterThan(DEMO_BOOT_MIN_MS);
  expect(tookMs).toBeLessThan(DEMO_BOOT_MIN_MS / 4);
});

test('over sockets in jump time a phone ends as it does in virtual time', async () => {
  const [overSockets, virtual] = await Promise.all([
    runTold(jump),
    runTold(['boot', '--time', 'virtual', '--seed', '7']),
  ]);
  const { ok, state, reboots, sections, flash, settings } = virtual.outcome;
  expect(overSockets.outcome).toMatchObject({ ok, state, reboots, sections, flash, settings });
});

test('a busy server is asked again after a second of phone time, which nobody waits for', async () => {
  const url = await answerHttp((_, nth) => (nth <= 5 ? [503, 'busy'] : [200, '# nothing to do\n']));
  const { facts } = await runTold([...jump.slice(0, -2), '--timings', 'none', url]);
  const asked = facts.filter(({ type }) => type === 'file.requested' || type === 'file.repeated');
  const waits = asked.slice(1).map(({ at }, index) => at - (asked[index]?.at ?? 0));
  expect(waits).toHaveLength(5);
  for (const waitMs of waits) expect(waitMs).toBeGreaterThanOrEqual(1_000);
});

test('the limit of a run is phone time too: it comes at once', async () => {
  const { code, stderr, facts, outcome } = await runTold([...jump, '--timeout', '30s']);
  expect({ code, stderr, state: outcome.state }).toEqual({
    code: 3,
    stderr: 'the limit of 30s (--timeout) came before the phone was at rest\n',
    state: 'busy',
  });
  expect(facts.at(-1)?.at).toBeLessThan(31_000);
});
