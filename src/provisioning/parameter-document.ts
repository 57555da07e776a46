import type { Parameter } from './parameter.ts';
import { expectedOf } from './parameter-type.ts';
import { parameterGroups } from './parameters.ts';

/**
 * The text of `docs/parameters.md`: the whole table, by subject. Written by
 * `scripts/write-parameter-docs.mjs`.
 */
export function parameterDocument(): string {
  return [introduction, ...parameterGroups.map(groupText), closing].join('\n');
}

const introduction = `# Parameters of the device configuration file

Written from the table in \`src/provisioning/\` by \`node scripts/write-parameter-docs.mjs\`; do not edit by hand.

- Device, user and phone-specific files take the same parameters, one \`NAME value\` a line (M44 p52).
- In a name, \`x\` stands for 1 to 5, \`y\` for 1 or 2, \`nn\` for 01 to 99.
- YES and NO may be written Y and N; words are read in any case; numbers are kept without leading zeros.
- An empty value clears a text or a host name; elsewhere it is a bad value (Assumed).
- A bad value is told, and the value in force stays. A name that is not here is told and skipped.
- *Effect*: what it changes in the emulated phone. Where nothing stands, the value is kept and shown, and that is all.
- Sources: M32, M40, M43, M44: Avaya NN43170-601 for SIP 3.2, 4.0, 4.3, 4.4 (1200 series); S41, S43: NN43170-600 for
  SIP 4.1, 4.3 (1100 series); the sipXecs vendor model: the parameter model that Nortel engineers gave to sipXecs, as of
  January 2010.
`;

const closing = `## Not in the table

The variants of some parameters for server profiles (one value for each proxy of a domain, SIP 4.3 on): S43 p11 and p214
tell that they exist and not what they are called.
`;

function groupText(group: { readonly title: string; readonly parameters: readonly Parameter[] }): string {
  const rows = group.parameters.map((parameter) => `| ${cellsOf(parameter).map(escaped).join(' | ')} |`);
  return [
    `## ${group.title}`,
    '',
    '| Parameter | Value | Default | Effect | Source | Note |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function cellsOf(parameter: Parameter): readonly string[] {
  const { name, alsoSpelt, type, effect, source, note } = parameter;
  return [
    [name, alsoSpelt]
      .filter((spelling) => spelling !== undefined)
      .map(code)
      .join(', '),
    expectedOf(type),
    parameter.default === '' ? '(empty)' : code(parameter.default),
    effect ?? '',
    source,
    note ?? '',
  ];
}

function code(text: string): string {
  return `\`${text}\``;
}

function escaped(cell: string): string {
  return cell.replaceAll('|', '\\|').replaceAll('<', '\\<');
}
