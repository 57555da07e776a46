import { expect, test } from 'vitest';
import type { QuirkName, Quirks } from '../../src/provisioning/quirks.ts';
import type { Conduct } from '../../src/recording/compare-conduct.ts';
import { judgeSwitches } from '../../src/recording/compare-switches.ts';

const names: readonly QuirkName[] = ['afterFailedFetch', 'deadServer', 'ftpMode'];

type Play = (quirks: Partial<Quirks>) => readonly string[];

/** Judges three switches of a phone whose requests depend on them as `play` says. */
async function judge(captured: readonly string[], play: Play) {
  const conduct = async (quirks: Partial<Quirks>): Promise<Conduct> => ({ requests: play(quirks) });
  const { switches, best, runs } = await judgeSwitches(names, { requests: captured }, conduct);
  const verdicts = switches.map(({ verdict, values }) => `${verdict} ${values.join()}`);
  return { best, runs, verdicts };
}

const next: Play = ({ afterFailedFetch }) => (afterFailedFetch === 'end' ? ['a'] : ['a', 'b']);
const either: Play = ({ afterFailedFetch, deadServer }) =>
  afterFailedFetch === 'end' || deadServer === 'skip' ? ['a'] : ['a', 'b'];
const both: Play = ({ afterFailedFetch, deadServer }) =>
  afterFailedFetch === 'end' && deadServer === 'skip' ? ['a'] : ['a', 'b'];
const modes: Play = ({ ftpMode = 'epsv' }) => [ftpMode === 'port' ? 'PORT' : 'passive'];

const cases: [title: string, captured: string[], play: Play, best: object, verdicts: string[]][] = [
  [
    'the default alone reproduces it',
    ['a', 'b'],
    next,
    {},
    ['settled next', 'no-evidence try,skip', 'no-evidence epsv,pasv,port'],
  ],
  [
    'another value does',
    ['a'],
    next,
    { afterFailedFetch: 'end' },
    ['refuted end', 'no-evidence try,skip', 'no-evidence epsv,pasv,port'],
  ],
  [
    'no value does',
    ['x'],
    next,
    { afterFailedFetch: 'end' },
    ['contradicted ', 'no-evidence try,skip', 'no-evidence epsv,pasv,port'],
  ],
  [
    'two of three do',
    ['passive'],
    modes,
    {},
    ['no-evidence next,end', 'no-evidence try,skip', 'narrowed epsv,pasv'],
  ],
  [
    'the last of three does',
    ['PORT'],
    modes,
    { ftpMode: 'port' },
    ['no-evidence next,end', 'no-evidence try,skip', 'refuted port'],
  ],
  [
    'either of two switches does',
    ['a'],
    either,
    { afterFailedFetch: 'end' },
    ['narrowed end,next', 'narrowed try,skip', 'no-evidence epsv,pasv,port'],
  ],
  [
    'two switches do together',
    ['a'],
    both,
    { afterFailedFetch: 'end', deadServer: 'skip' },
    ['refuted end', 'refuted skip', 'no-evidence epsv,pasv,port'],
  ],
  [
    'nothing depends on any',
    ['a'],
    () => ['a'],
    {},
    ['no-evidence next,end', 'no-evidence try,skip', 'no-evidence epsv,pasv,port'],
  ],
];

test.for(cases)('%s', async ([, captured, play, best, verdicts]) => {
  expect(await judge(captured, play)).toEqual({ best, verdicts, runs: expect.any(Number) });
});

test('a combination is played once', async () => {
  const { runs } = await judge(['a', 'b'], next);
  expect(runs).toBe(5);
});
