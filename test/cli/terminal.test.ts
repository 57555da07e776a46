import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { program } from './deskphone.ts';

/** What a terminal of so many columns shows of a boot; `script` (util-linux) makes the terminal. */
async function onTerminal(
  options: string,
  {
    columns = 80,
    env = {},
  }: { readonly columns?: number; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<{ readonly code: number | null; readonly shown: string }> {
  const command = `stty cols ${columns} rows 24; exec ${process.execPath} ${program} boot ${options}`;
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    env: { PATH: process.env['PATH'], TERM: 'xterm', LC_ALL: 'C.UTF-8', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 20_000,
  });
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, shown: shown.replaceAll('\r\n', '\n') };
}

const ESCAPE = '\u001b';

test('a terminal gets colours and a progress line that is wiped away again', async () => {
  const { code, shown } = await onTerminal('--timings none');
  expect(code).toBe(0);
  expect(shown).toContain(`${ESCAPE}[32mok: idle, 11 files, 1 reboot`);
});

test.for([
  ['NO_COLOR', { NO_COLOR: '1' }],
  ['a dumb terminal', { TERM: 'dumb' }],
] as const)('%s gets no colours', async ([, env]) => {
  const { code, shown } = await onTerminal('--time virtual', { env });
  expect(code).toBe(0);
  expect(shown).not.toContain(`${ESCAPE}[3`);
});

// The tables below the timeline do stick out: a URL that is cut helps nobody.
test('on a narrow terminal the timeline keeps within its columns', async () => {
  const { shown } = await onTerminal('--time virtual', { columns: 40, env: { NO_COLOR: '1', TERM: 'dumb' } });
  const timeline = shown.slice(0, shown.indexOf('\n\n')).split('\n');
  expect(timeline.length).toBeGreaterThan(60);
  expect(timeline.filter((line) => [...line].length > 40)).toEqual([]);
});
