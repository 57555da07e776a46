import { Document, visit } from 'yaml';
import { visible } from '../provisioning/quote.ts';

const COLUMNS = 110;

/**
 * Plain data as YAML that readers of 1.1 take as readers of 1.2 do: `yes` and `on` are quoted. Texts of
 * several lines are `folded` to the width of a page, or stand as they are. What could steer a terminal is
 * escaped.
 */
export function yamlText(value: unknown, texts: 'folded' | 'literal' = 'folded'): string {
  const document = new Document(value, { version: '1.1' });
  visit(document, {
    Scalar: (_, scalar) => {
      const isSafe = typeof scalar.value !== 'string' || visible(scalar.value) === scalar.value;
      // Only within double quotes has YAML escapes, and those of JSON.
      if (!isSafe) scalar.type = 'QUOTE_DOUBLE';
    },
  });
  return visible(document.toString({ lineWidth: COLUMNS, blockQuote: texts }));
}
