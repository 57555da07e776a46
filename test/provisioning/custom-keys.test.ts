import { expect, test } from 'vitest';
import {
  type CustomKeys,
  parseCustomKeys,
  parseSpeedDials,
  type SpeedDial,
} from '../../src/provisioning/custom-keys.ts';

const file = 'keys.txt';
const warning = (code: string, line: number, message: string) => ({
  severity: 'warning' as const,
  code,
  file,
  line,
  message,
});

const keyCases: [title: string, text: string, expected: CustomKeys][] = [
  [
    'keys of every type, with what else they say',
    ['spdial', 'cfwd', 'dnd', 'im', 'presence', 'feature']
      .map((type, index) => `[key]\nindex=${index + 2}\nlabel=L\ntype=${type}\nTarget=1002\n`)
      .join(''),
    {
      keys: (['spdial', 'cfwd', 'dnd', 'im', 'presence', 'feature'] as const).map((type, index) => ({
        index: index + 2,
        label: 'L',
        type,
        attributes: { target: '1002' },
      })),
      preferences: {},
      problems: [],
    },
  ],
  [
    'without type it is a speed dial',
    '[key]\nindex=64\n',
    { keys: [{ index: 64, label: '', type: 'spdial', attributes: {} }], preferences: {}, problems: [] },
  ],
  [
    'an unknown type is ignored and told, whatever its index',
    '[key]\nindex=2\ntype=pager\n[key]\ntype=\n',
    {
      keys: [],
      preferences: {},
      problems: [
        warning(
          'UNKNOWN_KEY_TYPE',
          1,
          'type is "pager"; expected spdial, cfwd, dnd, im, presence, feature: the [key] is ignored',
        ),
        warning(
          'UNKNOWN_KEY_TYPE',
          4,
          'type is ""; expected spdial, cfwd, dnd, im, presence, feature: the [key] is ignored',
        ),
      ],
    },
  ],
  [
    'an index out of range is skipped and told',
    '[key]\nindex=0\n[key]\nindex=65\n[key]\nindex=1e1\n[key]\n',
    {
      keys: [],
      preferences: {},
      problems: (
        [
          [1, '"0"'],
          [3, '"65"'],
          [5, '"1e1"'],
          [7, '""'],
        ] as const
      ).map(([line, found]) =>
        warning('PROFILE_ENTRY', line, `index is ${found}; expected 1 to 64: the [key] is skipped`),
      ),
    },
  ],
  [
    'preferences, empty ones too',
    '[prefs]\nbanner=Hi\nhotlineURL=\n[audiocodecs]\ncodec1=G722\n[version]\nid=1\n[theme]\n',
    {
      keys: [],
      preferences: { 'prefs.banner': 'Hi', 'prefs.hotlineurl': '', 'audiocodecs.codec1': 'G722' },
      problems: [warning('PROFILE_LINE', 8, '[theme] is no section of this file: it is skipped')],
    },
  ],
];

test.for(keyCases)('custom keys: %s', ([, text, expected]) => {
  expect(parseCustomKeys(Buffer.from(text), { file })).toEqual(expected);
});

const dialCases: [title: string, text: string, dials: SpeedDial[], problems: CustomKeys['problems']][] = [
  [
    'an index does not matter, a mode does',
    '[key]\nindex=900\nlabel=Anna\ntype=spdial\nmode=MidCall\ntarget=1002\n[key]\nmode=idleonly\n',
    [
      { label: 'Anna', mode: 'MidCall', attributes: { target: '1002' } },
      { label: '', mode: 'IdleOnly', attributes: {} },
    ],
    [],
  ],
  [
    'another mode counts as Always, as none does',
    '[key]\nmode=never\n[key]\n',
    [
      { label: '', mode: 'Always', attributes: {} },
      { label: '', mode: 'Always', attributes: {} },
    ],
    [warning('PROFILE_ENTRY', 1, 'mode is "never"; expected IdleOnly, MidCall, Always: it counts as Always')],
  ],
  [
    'a key of another type is ignored and told',
    '[key]\ntype=dnd\n',
    [],
    [warning('UNKNOWN_KEY_TYPE', 1, 'type is "dnd"; expected spdial: the [key] is ignored')],
  ],
];

test.for(dialCases)('speed dials: %s', ([, text, speedDials, problems]) => {
  expect(parseSpeedDials(Buffer.from(text), { file })).toEqual({ speedDials, problems });
});
