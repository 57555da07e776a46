import { expect, test } from 'vitest';
import type { LintOrder } from '../../src/lint/lint-tree.ts';
import { folderWith, image, lintFolder, MAC, withSections } from './a-tree.ts';

const load = 'SIP12x004.04.09.00';
const tree = {
  ...withSections('[FW]', `VERSION ${load}`, `FILENAME ${load}.bin`, 'PROTOCOL HTTP'),
  [`${load}.bin`]: image(load),
  '1230.cfg': `[FW]\nDOWNLOAD_MODE FORCED\nVERSION ${load}\nFILENAME ${load}.bin\n`,
};

/** One line a row: what each phone does about a file. */
async function whoFetches(order: Partial<LintOrder>, files = tree): Promise<string[]> {
  const { matrix } = await lintFolder(folderWith(files), order);
  return matrix.rows.map(({ section, file, cells }) => {
    const said = cells.map((cell) => (cell === null ? 'nothing' : `${cell.why} ${cell.code ?? cell.result}`));
    return `${section} ${file}: ${said.join(', ')}`;
  });
}

const cases: [title: string, order: Partial<LintOrder>, expected: string[]][] = [
  [
    'from the factory fetches all, the rest after the restart for its firmware',
    {},
    [
      `FW ${load}.bin: newer restart`,
      'DEVICE_CONFIG DeviceConfig.cfg: not-stored taken',
      'USER_CONFIG SIP<MAC>.cfg: forced taken',
    ],
  ],
  [
    'that was here before fetches only what is FORCED',
    { stored: ['nothing', 'current'] },
    [
      `FW ${load}.bin: newer restart, not-newer skipped`,
      'DEVICE_CONFIG DeviceConfig.cfg: not-stored taken, not-newer skipped',
      'USER_CONFIG SIP<MAC>.cfg: forced taken, forced taken',
    ],
  ],
  [
    'with UNIStim is converted by its own file, and then asks for the other',
    { software: ['062AC7J'] },
    [
      `FW ${load}.bin: forced restart`,
      'DEVICE_CONFIG DeviceConfig.cfg: not-stored taken',
      'USER_CONFIG SIP<MAC>.cfg: forced taken',
    ],
  ],
  [
    'with UNIStim that is too old is not converted',
    { software: ['062AC5K'] },
    [`FW ${load}.bin: forced CONVERSION_REFUSED`],
  ],
  [
    'without a file of its own, beside one with',
    { macs: [MAC, '001B4F999999'] },
    [
      `FW ${load}.bin: newer restart, newer restart`,
      'DEVICE_CONFIG DeviceConfig.cfg: not-stored taken, not-stored taken',
      'USER_CONFIG SIP<MAC>.cfg: forced taken, forced NOT_FOUND',
    ],
  ],
  ['of a model that is not served', { models: ['1210'] }, []],
];

test.for(cases)('a phone %s', async ([, order, expected]) => {
  expect(await whoFetches(order)).toEqual(expected);
});

test('a FORCED image that is the running one is fetched all the same', async () => {
  const forced = withSections('[FW]', 'DOWNLOAD_MODE FORCED', `VERSION ${load}`, `FILENAME ${load}.bin`);
  const [firmware] = await whoFetches({ software: [load] }, { ...tree, ...forced });
  expect(firmware).toBe(`FW ${load}.bin: forced identical`);
});

test('phones that nobody serves are told', async () => {
  const { matrix, findings } = await lintFolder(folderWith(tree), {
    models: ['1210'],
    software: ['062AC7J'],
  });
  expect(matrix.phones).toEqual([
    {
      model: '1210',
      software: '062AC7J',
      stored: 'nothing',
      mac: MAC,
      provisioningFile: '1210.cfg',
      served: false,
    },
  ]);
  expect(findings.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual([
    '1210.cfg is not there; a 1210 with 062AC7J asks for it',
    '1210SIP.cfg is not there',
  ]);
});
