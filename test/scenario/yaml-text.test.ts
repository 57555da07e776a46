import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { yamlText } from '../../src/scenario/yaml-text.ts';

const texts: [title: string, text: string, expected: string][] = [
  ['a word that YAML 1.1 takes for a boolean is quoted', 'yes', 'text: "yes"\n'],
  ['several lines stand as they are', 'a\nb\n', 'text: |\n  a\n  b\n'],
  ['what could steer a terminal is escaped', 'a\u202eb\n\u009b2J', 'text: "a\\u202eb\\n\\u009b2J"\n'],
];
test.for(texts)('%s', ([, text, expected]) => {
  const yaml = yamlText({ text }, 'literal');
  expect(yaml).toBe(expected);
  expect(parse(yaml)).toEqual({ text });
});
