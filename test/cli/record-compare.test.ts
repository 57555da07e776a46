import { expect, test } from 'vitest';
import { captureComparisonSchema } from '../../src/recording/capture-comparison.schema.ts';
import { answer } from './answer.ts';

const capture = 'fixtures/recorded/switch-ftpMode-pasv.pcap';

test('record --compare shows what a capture refutes first, and ends with 3', async () => {
  const { code, stdout, stderr } = await answer(['record', '--compare', capture]);
  const lines = stdout.split('\n');
  expect([code, stderr]).toEqual([3, '']);
  expect(lines[0]).toMatch(/^1230 001B4F123001 at 192\.0\.2\.30, software unknown: 3 requests in a check, /);
  expect(lines.find((line) => line.startsWith('refuted'))).toMatch(/ftpMode=pasv \(ours: epsv\)/);
  expect(lines.at(-2)).toBe('reproduced with --quirk ftpMode=pasv');
});

test('record --compare --json is as its schema says, and 0 where nothing is refuted', async () => {
  const { code, stdout } = await answer([
    'record',
    '--compare',
    'fixtures/recorded/demo-tftp.pcap',
    '--json',
  ]);
  expect(code).toBe(0);
  expect(captureComparisonSchema.parse(JSON.parse(stdout))).toMatchObject({ reproduced: true, best: {} });
});

const refused: [title: string, words: string[], message: string][] = [
  ['two captures', [capture, capture], '--compare with 2 captures; expected one'],
  ['a log', ['README.md'], 'README.md: no capture; expected one of tcpdump or Wireshark'],
  ['a file that is not there', ['no.pcap'], 'no.pcap: '],
  ['a folder that is not there', [capture, '--files', 'nowhere'], '--files nowhere: no such folder'],
  ['another phone', [capture, '--phone', '192.0.2.99'], 'no phone at 192.0.2.99; found 192.0.2.30'],
];

test.for(refused)('record --compare refuses %s', async ([, words, message]) => {
  const { code, stderr } = await answer(['record', '--compare', ...words]);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});
