import { sectionNames } from '../../provisioning/words.ts';
import type { Expected } from '../expectation.schema.ts';
import { matches } from '../fact-match.ts';
import { type Compared, type Finding, foundAll, lastEntry, type View } from '../finding.ts';

/** What flash holds of what is named, as the facts tell it. */
export function flash(wanted: Expected<'flash'>, view: View): Finding {
  const told = view.record.flash();
  const { versions, files, ...rest } = wanted;
  const versionOf = (section: string) => told?.versions[section] ?? told?.versions[`${section}#1`] ?? null;
  const plain = new Map<string, unknown>(Object.entries(told ?? {}));
  const compared: Compared[] = [
    ...(versions === undefined ? [] : [compare('versions', versions, told?.versions ?? {}, sameKeys)]),
    ...sectionNames.flatMap((name) => {
      const one = rest[name];
      return one === undefined ? [] : [compare(name, one, versionOf(name))];
    }),
    ...sectionNames.flatMap((name) => {
      const one = files?.[name];
      if (one === undefined) return [];
      return [
        compare(
          `files.${name}`,
          one,
          (told?.files[name] ?? []).map((file) => file.name),
        ),
      ];
    }),
    ...Object.entries(rest)
      .filter(([name, one]) => !sectionNames.some((known) => known === name) && one !== undefined)
      .map(([name, one]) => compare(name, one, plain.get(name) ?? null)),
  ];
  const { instead, ...finding } = foundAll(
    compared,
    lastEntry(view, ({ event }) => event.type === 'flash.written'),
  );
  return { ...finding, ...(instead && { instead: nested(instead) }) };
}

/** Values that did not come from the factory. */
export function settings(wanted: Expected<'settings'>, view: View): Finding {
  const held = view.record.flash()?.settings ?? {};
  const compared = Object.entries(wanted).map(([name, one]) => compare(name, one, held[name]?.value ?? null));
  return foundAll(
    compared,
    lastEntry(view, ({ event }) => event.type === 'flash.written'),
  );
}

function compare(
  name: string,
  wanted: unknown,
  is: unknown,
  same: (wanted: unknown, is: unknown) => boolean = matches,
): Compared {
  return { name, wanted, is, holds: same(wanted, is) };
}

/** All of them and no other. */
function sameKeys(wanted: unknown, is: unknown): boolean {
  return matches(wanted, is) && matches(is, wanted);
}

/** `files.LANGUAGE` as it is written in a file. */
function nested(instead: Readonly<Record<string, unknown>>): unknown {
  const entries = Object.entries(instead);
  const files = entries.filter(([name]) => name.startsWith('files.'));
  const others = entries.filter(([name]) => !name.startsWith('files.'));
  if (files.length === 0) return Object.fromEntries(others);
  const inner = files.map(([name, value]) => [name.slice('files.'.length), value]);
  return { ...Object.fromEntries(others), files: Object.fromEntries(inner) };
}
