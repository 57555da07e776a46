import { expect, test } from 'vitest';
import { defineScenario, runScenario, ScenarioError } from '../../src/index.ts';

const boots = defineScenario({
  version: 1,
  title: 'A phone comes to its login screen, over every protocol',
  server: { files: { '<model>SIP.cfg': '' } },
  matrix: { protocols: ['tftp', 'http'] },
  steps: ['power.on', { wait: 'rest' }, { advance: '30s' }],
  expect: [{ state: 'login', requests: [{ file: '1230SIP.cfg', result: 'ok' }] }],
});

test('a scenario of TypeScript is the same object', async () => {
  const results = await runScenario(boots, { file: 'boots', seed: '5' });
  expect(results.map(({ id, seed, verdict }) => [id, seed, verdict])).toEqual([
    ['boots [tftp]', '5', 'passed'],
    ['boots [http]', '5', 'passed'],
  ]);
});

test('what is wrong in it is thrown, all of it, by path', async () => {
  const wrong = { ...boots, steps: [{ advance: '30' }], expect: [{ failures: ['NOT_FOUNT'] }] };
  const error = await runScenario(wrong, { file: 'boots' }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ScenarioError);
  expect(error).toMatchObject({
    code: 'INVALID',
    message: 'boots: steps[0].advance: "30" is no duration; expected one such as 500ms, 30s, 2m or 24h',
  });
});

test('it is interrupted by a signal', async () => {
  await expect(runScenario(boots, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow(
    'enough',
  );
});
