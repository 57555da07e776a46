import { type QuirkName, quirkTable } from '../../src/provisioning/quirks.ts';
import { type Mutation, mutation, proof, type Rule, type RuleGroup } from './rule.ts';
import type { SwitchTable, SwitchValue } from './switch-table.ts';
import { switchesOfChecks } from './switches-of-checks.ts';
import { switchesOfFiles } from './switches-of-files.ts';
import { switchesOfThePhone } from './switches-of-the-phone.ts';

const table: SwitchTable = { ...switchesOfChecks, ...switchesOfFiles, ...switchesOfThePhone };

const inQuirks = mutation('src/provisioning/quirks.ts');

/** Every switch at every value, and the one that is a number. */
export const switches: RuleGroup = {
  title: 'Switches',
  about:
    'What the phone does with each switch of [assumptions.md](assumptions.md) at each of its values; the first is the default.',
  rules: [
    ...(Object.keys(table) as QuirkName[]).flatMap(rowsOf),
    {
      id: 'custom-data-max-is-another',
      says: 'customDataMax=1000: so many bytes of custom data are taken and no more.',
      quirk: 'customDataMax',
      provenBy: [
        proof('test/contract/phone.test.ts')('with quirk customDataMax=1000 the bound is 1,000 bytes'),
      ],
      inverted: mutation('src/phone/keep.ts')('quirks.customDataMax', '512_000'),
    },
  ],
};

function rowsOf(name: QuirkName): readonly Rule[] {
  return Object.entries<SwitchValue>(table[name]).map(([value, { says, provenBy, inverted }]) => ({
    id: `${kebabCase(name)}-is-${value}`,
    says: `${name}=${value}: ${says}`,
    quirk: name,
    provenBy,
    inverted: inverted ?? anotherDefault(name),
  }));
}

/** The switch with its second value for the default. */
function anotherDefault(name: QuirkName): Mutation {
  const [first = '', second = '', ...others] = quirkTable[name].values.map((value) => `'${value}'`);
  const list = (values: readonly string[]) => `${name}: quirk([${values.join(', ')}]`;
  return inQuirks(list([first, second, ...others]), list([second, first, ...others]));
}

function kebabCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
