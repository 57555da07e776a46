import { expect, test } from 'vitest';
import { writeFiles } from '../scenario/scenario-file.ts';
import { answer } from './answer.ts';

/** Wipes the screen, in two ways. */
const WIPE = '\u001b[2J\u009b2J';
const WIPE_SHOWN = String.raw`\u001b[2J\u009b2J`;

const story = `version: 1
title: A story
timings: none
server: { files: { 1230SIP.cfg: "" } }
expect: [state: login]
`;
const fleet = `version: 1
title: "wiped${String.raw`\u001b[2J\u009b2J`}"
time: { mode: virtual }
fleet: { count: 1 }
`;

function storyFile(): string {
  return writeFiles({ [`wiped${WIPE}`]: story });
}

const told: [title: string, words: () => readonly string[]][] = [
  ['the file of a scenario', () => ['run', storyFile()]],
  ['the title of a fleet', () => ['fleet', writeFiles({ 'a.yaml': fleet })]],
  ['the name of a file', () => ['merge', `wiped${WIPE}`]],
  ['a side of a comparison', () => ['diff', `wiped${WIPE}`, `wiped${WIPE}`]],
  ['a word that is no command', () => [`wiped${WIPE}`]],
];
test.for(told)('%s steers no terminal, and is seen', async ([, words]) => {
  const { stdout, stderr } = await answer(words());
  expect(stdout + stderr).toContain(`wiped${WIPE_SHOWN}`);
  expect(stdout + stderr).not.toMatch(/(?![\t\n])\p{Cc}/u);
});

test('in colour only what the palette has passes', async () => {
  const { stdout } = await answer(['run', storyFile()], {}, { color: true });
  expect(stdout).toContain('\u001b[32mpassed \u001b[39m');
  expect(stdout).toContain(`wiped${WIPE_SHOWN}`);
});

test('as JSON it is the same text', async () => {
  const { stdout } = await answer(['run', storyFile(), '--json', '-q']);
  expect(JSON.parse(stdout.split('\n')[0] ?? '')).toMatchObject({
    file: expect.stringContaining(`wiped${WIPE}`),
  });
});
