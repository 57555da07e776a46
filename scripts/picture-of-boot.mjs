// Prints docs/boot.svg: what `deskphone boot --time virtual --seed 1` shows on a terminal, with its colours.
// Usage: npm run build && node scripts/picture-of-boot.mjs > docs/boot.svg

import { commands } from '../dist/cli/commands.js';
import { runCommandLine } from '../dist/cli/program.js';
import { SystemClock } from '../dist/clock/system-clock.js';

const COLUMNS = 104;
const WORDS = ['boot', '--time', 'virtual', '--seed', '1'];

/** A letter's box and the frame around all of them, in SVG units. */
const LETTER = { width: 7.2, height: 16 };
const MARGIN = 14;

const colors = { 1: '#ffffff', 2: '#8b949e', 31: '#ff7b72', 32: '#56d364', 33: '#e3b341' };
const PLAIN = '#d0d7de';

/** The command's output as a terminal of so many columns gets it. */
async function shown() {
  let text = '';
  const io = {
    out: (more) => {
      text += more;
    },
    err: (more) => {
      throw new Error(more);
    },
    drawsProgress: false,
    color: true,
    letters: 'unicode',
    columns: () => COLUMNS,
    env: {},
    clock: new SystemClock(),
    stop: new AbortController().signal,
  };
  const code = await runCommandLine(WORDS, commands, io, { version: '' });
  if (code !== 0) throw new Error(`the boot ended with ${code}`);
  return text;
}

/** A line in pieces of one colour, without wide gaps, each with the column where it begins. */
function* pieces(line) {
  let column = 0;
  for (const part of `0m${line}`.split('\u001b[')) {
    const [, code, text] = /^(\d+)m(.*)$/.exec(part);
    for (const { 0: words, index } of text.matchAll(/\S+(?: \S+)*/g)) {
      yield { color: colors[code] ?? PLAIN, column: column + lettersIn(text.slice(0, index)), words };
    }
    column += lettersIn(text);
  }
}

const lettersIn = (text) => [...text].length;

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Each piece says where it begins and how long it is, so that columns stand whatever the font. */
function pieceText({ color, column, words }, y) {
  const x = (MARGIN + column * LETTER.width).toFixed(1);
  const length = (lettersIn(words) * LETTER.width).toFixed(1);
  return `<text x="${x}" y="${y}" textLength="${length}" fill="${color}">${escaped(words)}</text>`;
}

function picture(text) {
  const lines = [`$ deskphone ${WORDS.join(' ')}`, ...text.trimEnd().split('\n')];
  const width = 2 * MARGIN + COLUMNS * LETTER.width;
  const height = 2 * MARGIN + lines.length * LETTER.height;
  const texts = lines.flatMap((line, row) =>
    [...pieces(line)].map((piece) => pieceText(piece, MARGIN + 12 + row * LETTER.height)),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width.toFixed(0)} ${height}" role="img"`,
    '  font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="12">',
    '<title>A factory-fresh phone boots, takes new firmware, restarts, takes its settings and comes up</title>',
    '<rect width="100%" height="100%" rx="8" fill="#0d1117"/>',
    ...texts,
    '</svg>',
    '',
  ].join('\n');
}

process.stdout.write(picture(await shown()));
