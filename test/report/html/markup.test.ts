import { expect, test } from 'vitest';
import { html } from '../../../src/report/html/markup.ts';

test('text is escaped, markup is not, lists are joined, undefined is nothing', () => {
  const inner = html`<b>${'<&>'}</b>`;
  expect(html`<p title="${`"'`}">${inner}${[1, 'a', [inner]]}${undefined}</p>`.markup).toBe(
    '<p title="&quot;&#39;"><b>&lt;&amp;&gt;</b>1a<b>&lt;&amp;&gt;</b></p>',
  );
});

test('what HTML cannot hold, and what turns the direction of writing, becomes U+FFFD', () => {
  const text = 'a\0b\u001bc\u0085d\ud800e\ufdd0f\uffffg\u202eh\u2066i\tj\r\nk\rl\u{1f4de}';
  expect(html`${text}`.markup).toBe(
    'a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf\ufffdg\ufffdh\ufffdi\tj\nk\nl\u{1f4de}',
  );
});
