import fc from 'fast-check';
import type { FlashContents, KeptLease, StoredSetting } from '../../src/device/flash-contents.ts';
import type { FileBody } from '../../src/flash/flash.ts';
import { keyTypes, speedDialModes } from '../../src/provisioning/custom-keys.ts';
import { checkValue, keptName, parameterNamed, parameterNames } from '../../src/provisioning/parameters.ts';
import { sectionNames } from '../../src/provisioning/words.ts';
import { aBody, aFile } from './a-flash.ts';

/** Any flash a phone can come to hold, with the bytes of its files. */
export interface ArbitraryFlash {
  readonly contents: FlashContents;
  readonly bodies: readonly FileBody[];
}

const mac = fc.stringMatching(/^[0-9A-F]{12}$/);
const software = fc.oneof(
  fc.stringMatching(/^SIP12x0[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{2}$/),
  fc.stringMatching(/^062A[A-Z0-9]{3}$/),
);
const versionKey = fc.constantFrom(
  ...sectionNames.map((name) => (name === 'DEV_CERT' ? 'DEV_CERT#1' : name)),
  'DEV_CERT#12',
);
const anyText = fc.string({ unit: 'binary', maxLength: 40 });
const version = fc.oneof(fc.stringMatching(/^[0-9]{6,10}$/), fc.constant(''), anyText);
const fileName = anyText.filter((name) => name !== '' && !name.includes('/'));

const storedFile = fc.record({ name: fileName, text: fc.option(anyText, { nil: undefined }) });
const files = fc.dictionary(
  fc.constantFrom(...sectionNames),
  fc.uniqueArray(storedFile, { maxLength: 5, selector: (file) => file.name }),
  { noNullPrototype: true },
);

const setting = fc
  .tuple(
    fc.constantFrom(...parameterNames),
    anyText,
    fc.constantFrom('file' as const, 'dhcp' as const, 'manual' as const),
  )
  .map(([name, text, from]): readonly [string, StoredSetting] | undefined => {
    const parameter = parameterNamed(name);
    if (parameter === undefined) return undefined;
    const wanted = [text, parameter.default, '1', 'YES', '192.0.2.1'].map((value) =>
      checkValue(parameter, value),
    );
    const checked = wanted.find((value) => value.ok);
    return checked?.ok ? [keptName(parameter, name), { value: checked.value, from }] : undefined;
  });

const attributes = fc.dictionary(anyText, anyText, { noNullPrototype: true, maxKeys: 2 });
const profile = fc.record({
  timezoneOffset: fc.constantFrom('0', '-25200'),
  contacts: fc.array(
    fc.record({ nickname: anyText, address: anyText.filter(Boolean), group: anyText, buddy: fc.boolean() }),
    { maxLength: 2 },
  ),
  groups: fc.array(anyText, { maxLength: 2 }),
  keys: fc.array(
    fc.record({
      index: fc.integer({ min: 1, max: 64 }),
      label: anyText,
      type: fc.constantFrom(...keyTypes),
      attributes,
    }),
    { maxLength: 2 },
  ),
  speedDials: fc.array(fc.record({ label: anyText, mode: fc.constantFrom(...speedDialModes), attributes }), {
    maxLength: 2,
  }),
  preferences: fc.dictionary(anyText, fc.record({ value: anyText, before: fc.option(anyText) }), {
    noNullPrototype: true,
    maxKeys: 2,
  }),
});

const address = fc.constantFrom('10.0.0.5', '192.0.2.1', '0.0.0.0', '255.255.255.255');
const lease: fc.Arbitrary<KeptLease> = fc.record({
  address,
  mask: fc.constantFrom('255.255.255.0', '255.0.0.0'),
  router: fc.option(address),
  dns: fc.array(address, { maxLength: 2 }),
  domain: fc.option(anyText),
  provisioningServer: fc.option(anyText),
});

export const arbitraryFlash: fc.Arbitrary<ArbitraryFlash> = fc
  .record({
    mac,
    software,
    image: fc.constantFrom('ok' as const, 'writing' as const),
    versions: fc.dictionary(versionKey, version, { noNullPrototype: true }),
    files,
    settings: fc.array(setting, { maxLength: 20 }),
    userDnd: fc.boolean(),
    lastPollDate: fc.option(fc.constantFrom('2026-03-04', '1970-01-01', '2024-02-29')),
    polledDates: fc.uniqueArray(fc.constantFrom('2026-03-04/2026-03-05', '1970-01-01/1970-01-01')),
    user: fc.option(fc.constantFrom('1001@a.b', '1002@example.org')),
    profiles: fc.dictionary(fc.constantFrom('1001@a.b', '1002@example.org'), profile, {
      noNullPrototype: true,
    }),
    lease: fc.option(lease),
  })
  .map(({ files, settings, ...rest }) => {
    const lists = Object.entries(files).map(
      ([section, stored]) => [section, stored.map(withContent)] as const,
    );
    const bodies = Object.values(files).flatMap((stored) => stored.flatMap(({ text }) => text ?? []));
    return {
      contents: {
        ...rest,
        files: Object.fromEntries(lists),
        settings: Object.fromEntries(settings.filter((entry) => entry !== undefined)),
      },
      bodies: bodies.map(aBody),
    };
  });

function withContent({ name, text }: { name: string; text: string | undefined }) {
  return text === undefined ? { name } : aFile(name, aBody(text));
}
