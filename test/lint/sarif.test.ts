import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { sarifOf } from '../../src/lint/sarif.ts';
import { folderWith, lintFolder } from './a-tree.ts';

const schemaFile = createRequire(import.meta.url).resolve(
  '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json',
);

/** OASIS' own schema, but for the forms of texts: here a relative path is no URI. */
const schema = z.fromJSONSchema(
  JSON.parse(readFileSync(schemaFile, 'utf8'), (key, value: unknown) =>
    key === 'format' ? undefined : value,
  ),
);

const files = {
  '1230SIP.cfg': '[DEVICE_CONFIG]\nVERSION 000001\nFILENAME my config.cfg\n',
  'my config.cfg': 'BANER x\n',
  'SIP001B4F123002.cfg': 'VMAIL 1999\n',
};

test('a report is a SARIF 2.1.0 log by its schema, with and without findings', async () => {
  const logs = [sarifOf(await lintFolder(folderWith(files))), sarifOf(await lintFolder(folderWith()))];
  expect(logs.map((log) => schema.safeParse(log).error?.issues)).toEqual([undefined, undefined]);
  expect(schema.safeParse({ ...logs[0], runs: [{}] }).success).toBe(false);
});

test('a finding is a result with rule, level, place and count', async () => {
  const directory = folderWith(files);
  const { runs } = sarifOf(await lintFolder(directory));
  const [{ tool, results, originalUriBaseIds }] = runs as [(typeof runs)[number]];
  expect(originalUriBaseIds).toEqual({ TREE: { uri: `${pathToFileURL(directory).href}/` } });
  const result = results.find(({ ruleId }) => ruleId === 'UNKNOWN_PARAMETER');
  expect(result).toEqual({
    ruleId: 'UNKNOWN_PARAMETER',
    ruleIndex: tool.driver.rules.findIndex(({ id }) => id === 'UNKNOWN_PARAMETER'),
    level: 'warning',
    message: { text: '"BANER" is no parameter this phone knows; did you mean BANNER?' },
    occurrenceCount: 1,
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'my%20config.cfg', uriBaseId: 'TREE' },
          region: { startLine: 1 },
        },
      },
    ],
  });
  expect(tool.driver.rules[result?.ruleIndex ?? -1]).toEqual({
    id: 'UNKNOWN_PARAMETER',
    shortDescription: { text: 'A parameter no phone knows' },
    fullDescription: { text: 'A parameter no phone knows. The phone skips the line in silence.' },
    help: {
      text: 'Correct the spelling, or take the line out. (Source: the table of parameters; that others are skipped: Wazo)',
    },
    defaultConfiguration: { level: 'warning' },
  });
  expect(results.find(({ ruleId }) => ruleId === 'NO_USER_CONFIG')?.locations[0]?.physicalLocation).toEqual({
    artifactLocation: { uri: '1230SIP.cfg', uriBaseId: 'TREE' },
  });
});
