import { stringify } from 'yaml';

const COLUMNS = 110;

/**
 * Plain data as YAML that readers of 1.1 take as readers of 1.2 do: `yes` and `on` are quoted. Texts of
 * several lines are `folded` to the width of a page, or stand as they are.
 */
export function yamlText(value: unknown, texts: 'folded' | 'literal' = 'folded'): string {
  return stringify(value, { lineWidth: COLUMNS, version: '1.1', blockQuote: texts });
}
