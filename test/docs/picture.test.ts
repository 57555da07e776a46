import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { pathOf } from './markdown.ts';

// Runs the built code, as the picture shows it.
test('docs/boot.svg is what boot shows (npm run build && npx vitest run test/docs -u writes it)', async () => {
  const picture = execFileSync(process.execPath, [pathOf('scripts/picture-of-boot.mjs')], {
    encoding: 'utf8',
  });
  await expect(picture).toMatchFileSnapshot(pathOf('docs/boot.svg'));
});
