import { expect, test } from 'vitest';
import { protocols } from '../../src/provisioning/words.ts';
import { causes, classOf } from '../../src/report/fleet/cause.ts';
import { jobKinds } from '../../src/report/fleet/figures.schema.ts';
import { fileKinds } from '../../src/report/fleet/file-kind.ts';
import { metrics, statistics } from '../../src/report/fleet/metric.ts';
import { readDocument } from './markdown.ts';

const rows = [...readDocument('docs/fleet-figures.md').matchAll(/^\| `([\w.-]+)` \| (\w+) \|/gm)].map(
  ([, name = '', unit = '']) => ({ name, unit }),
);

/** The words that stand for several. */
const families: Readonly<Record<string, readonly string[]>> = {
  JOB: jobKinds,
  FILE: ['files', ...fileKinds],
  STATISTIC: Object.keys(statistics),
  SERVER_CAUSE: causes.filter((cause) => classOf(cause) === 'server'),
  OWN_CAUSE: causes.filter((cause) => classOf(cause) !== 'server'),
};

function spelt(name: string): readonly string[] {
  const family = Object.keys(families).find((word) => name.split('.').includes(word));
  if (family === undefined) return [name];
  return (families[family] ?? []).flatMap((word) => spelt(name.replace(family, word)));
}

/** Of the whole fleet, whatever the protocol. */
const whole = /^(?:phones|notifies|dnd|release)\.|^files\.refused$/;

test('every metric is in the document with its unit, and nothing else', () => {
  const documented = rows.flatMap(({ name, unit }) =>
    spelt(name).flatMap((one) =>
      (whole.test(one) ? [''] : ['', ...protocols.map((protocol) => `${protocol}.`)]).map(
        (before) => `${before}${one} ${unit}`,
      ),
    ),
  );
  const known = [...metrics.values()].map(({ name, unit }) => `${name} ${unit}`);
  expect(new Set(documented)).toEqual(new Set(known));
  expect(documented).toHaveLength(known.length);
});

test('every cause is in the document, and nothing else', () => {
  const document = readDocument('docs/fleet-figures.md');
  const table = document.slice(document.indexOf('\n## Causes'), document.indexOf('\n## Limits of phones'));
  const documented = [...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, cause]) => cause);
  expect(new Set(documented)).toEqual(new Set(causes));
  expect(documented).toHaveLength(causes.length);
});
