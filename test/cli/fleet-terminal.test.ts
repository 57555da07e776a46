import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { writeFiles } from '../scenario/scenario-file.ts';
import { program } from './deskphone.ts';

const FLEET = `version: 1
title: Phones on a terminal
timings: none
server: { files: { 1230SIP.cfg: "[USER_CONFIG]\\nDOWNLOAD_MODE AUTO\\nVERSION 000001\\n" } }
fleet: { count: 200, arrivals: { rate: 10/s } }
`;

/**
 * What a terminal of 40 columns shows of a fleet, and of `stty` after it. Each entry of `keys` is pressed
 * when the terminal shows its pattern behind what made the one before.
 */
async function onTerminal(keys: readonly (readonly [shown: RegExp, key: string])[], file = FLEET) {
  const fleet = `${process.execPath} ${program} fleet ${writeFiles({ 'fleet.yaml': file })}`;
  const command = `stty cols 40 rows 24; ${fleet}; echo "code $?"; stty -a`;
  const child = spawn('script', ['--quiet', '--command', command, '/dev/null'], {
    env: { PATH: process.env['PATH'], TERM: 'xterm', LC_ALL: 'C.UTF-8', NO_COLOR: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
    timeout: 15_000,
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const waiting = [...keys];
  let shown = '';
  let seen = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
    const [next] = waiting;
    if (next === undefined || !next[0].test(shown.slice(seen))) return;
    waiting.shift();
    seen = shown.length;
    child.stdin.write(next[1]);
  });
  await once(child, 'close');
  return shown.replaceAll('\r\n', '\n');
}

const ESCAPE = '\u001b';
const UP_AND_ERASE = new RegExp(`${ESCAPE}\\[\\d+A\\r?${ESCAPE}\\[J`);

test('three lines live within the columns of a terminal, keys steer, and the end is clean', async () => {
  const shown = await onTerminal([
    [/waiting/, '?'],
    [/drain: no more phones/, '+'],
    [/faster: x 1\.25/, 'd'],
    [/login/, `${ESCAPE}[Aq`],
  ]);
  const [last = '', ...drawn] = shown.split(UP_AND_ERASE).toReversed();
  const live = drawn
    .flatMap((text) => text.split('\n'))
    .filter((line) => /waiting|requests|boots:/.test(line));
  expect(live.length).toBeGreaterThan(5);
  expect(live.filter((line) => line.length >= 40)).toEqual([]);
  expect(drawn[0]?.replaceAll('\n', ' ')).toMatch(
    /\d+ login \d+ requests, \S+\/s, .+\/s boots: \d+ done, \d+ failed/,
  );
  expect(last).not.toMatch(/waiting|requests/);
  expect(last).toMatch(/Steered on the way\nWhen +Order\n\S+ +faster: x 1\.25\n\S+ +drain\n/);
  // A machine too busy to begin phones in time makes the figures invalid, whatever the terminal shows.
  expect(last).toMatch(/fail(ed|s)?.*\ncode 3\n|INVALID: .* began more than 250 ms late.*\ncode 4\n/);
  expect(last).toMatch(/\bisig icanon /);
});

test('Ctrl-C drains, once more tells what is known by then, and the terminal is as it was', async () => {
  // Phones that are still to boot for a minute.
  const slow = FLEET.replace('timings: none', 'timings: field');
  const keys = [
    [/waiting/, '\u0003'],
    [/no more phones begin/, '\u0003'],
  ] as const;
  const shown = await onTerminal(keys, slow);
  expect(shown).toContain('\n- boot.unfinished == 0: found 200\n');
  expect(shown).toContain('\nPhones on a terminal: 200 phones, invalid\n');
  expect(shown).toContain('\nINVALID: the run was interrupted (SIGINT)\ncode 130\n');
  expect(shown).toMatch(/\bisig icanon /);
});
