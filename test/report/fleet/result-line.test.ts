import { expect, test } from 'vitest';
import { packedResult, resultLine } from '../../../src/report/fleet/result-line.ts';

const JSON_TEXT = `{"type":"fleet-result","title":"Grüße"}\n`;

test('a result comes back from its line, whatever kubectl puts before it', () => {
  const line = resultLine(JSON_TEXT);
  expect(line).toMatch(/^deskphone-fleet-result:[A-Za-z0-9+/=]+\n$/);
  expect(packedResult(line)).toBe(JSON_TEXT);
  expect(packedResult(`[pod/storm-0-x/shard] ${line.trimEnd()}\r`)).toBe(JSON_TEXT);
});

test('other lines hold none', () => {
  expect(packedResult('Power comes back: 12 phones, passed')).toBeUndefined();
});

const broken: [title: string, break_: (line: string) => string, says: RegExp][] = [
  ['cut', (line) => line.slice(0, -20), /cut or changed: unexpected end of file/],
  ['changed', (line) => line.replace(/.{8}\n$/, 'AAAAAAA=\n'), /cut or changed: /],
  ['empty', () => 'deskphone-fleet-result:', /cut or changed: /],
];
test.for(broken)('a line that was %s says so', ([, break_, says]) => {
  expect(packedResult(break_(resultLine(JSON_TEXT)))).toEqual({ message: expect.stringMatching(says) });
});
