import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'rolldown/utils';

const options = {
  typescript: { rewriteImportExtensions: 'rewrite', onlyRemoveTypeImports: true },
  tsconfig: false,
};

/** Puts the JavaScript of every TypeScript file of a folder beside it. */
export function compileFolder(folder) {
  for (const name of readdirSync(folder, { recursive: true })) {
    if (name.endsWith('.ts')) compileFile(join(folder, name), readFileSync(join(folder, name), 'utf8'));
  }
}

/** Puts the JavaScript of a text beside the TypeScript file it stands for. Throws for what cannot be read. */
export function compileFile(path, text) {
  const { code, errors } = transformSync(path, text, options);
  if (errors.length > 0) throw new Error(`${path} cannot be compiled: ${errors[0].message}`);
  writeFileSync(path.replace(/\.ts$/, '.js'), code);
}
