import { posix } from 'node:path';
import { arrowsOfFiles, builtinHomes, doors, entries, packageHomes, packagesOfTypes, rooms } from './law.ts';
import { isCode, type Rule, roomOf, type SourceTree } from './source-tree.ts';
import { type AstNode, type Import, isNode, nameOf, syntaxOf, textOf } from './syntax.ts';

/** Imports go where the table of rooms allows, `import type` included. */
export const arrowsPointDown: Rule = (tree) =>
  eachImport(tree).flatMap(({ file, specifier, line }) => {
    const from = roomOf(file) ?? '';
    const room = rooms[from];
    if (room === undefined)
      return [{ file, line, message: `src/${from} is no room of the table in test/tidy/law.ts` }];
    const target = targetOf(file, specifier);
    if (target === undefined) return [];
    const to = roomOf(target);
    if (to === undefined) return [{ file, line, message: `${specifier} leads out of src/` }];
    const allowed = to === from || room.mayImport.includes(to) || arrowsOfFiles[file]?.includes(to) === true;
    return allowed ? [] : [{ file, line, message: `${from} may not import ${to} (${specifier})` }];
  });

/** Packages, and those of Node's modules that have a home, are imported there and nowhere else. */
export const packagesAreAtHome: Rule = (tree) =>
  eachImport(tree).flatMap(({ file, specifier, kind, line }) => {
    const name = packageOf(specifier);
    if (specifier.startsWith('.') || (kind === 'type' && packagesOfTypes.includes(name))) return [];
    const isBuiltin = name.startsWith('node:');
    const homes = isBuiltin ? builtinHomes[name] : (packageHomes[name] ?? []);
    if (homes === undefined || homes.some((home) => isAt(file, home))) return [];
    const where =
      homes.length === 0 ? 'it has no home in test/tidy/law.ts' : `its home is ${homes.join(', ')}`;
    return [{ file, line, message: `${name} may not be imported here; ${where}` }];
  });

/** What src/ imports is installed with the product. */
export const packagesAreDependencies: Rule = (tree) => {
  const declared = dependenciesIn(tree.get('package.json') ?? '{}');
  return eachImport(tree).flatMap(({ file, specifier, line }) => {
    const name = packageOf(specifier);
    if (specifier.startsWith('.') || name.startsWith('node:') || declared.includes(name)) return [];
    return [{ file, line, message: `${name} is not among the dependencies of package.json` }];
  });
};

/** A file that only passes on what others have; whoever wants it imports the file that has it. */
export const nothingIsABarrel: Rule = (tree) =>
  sources(tree).flatMap(([file, text]) => {
    const { statements } = syntaxOf(file, text);
    const passesOn = statements.some(isPassedOn) && statements.every((it) => isPassedOn(it) || isImport(it));
    if (!passesOn || doors.includes(file)) return [];
    return [{ file, line: 1, message: 'only passes on what other files have; import those' }];
  });

/** Every file of src/ is reached from a command, a public door, or what package.json names. */
export const everyFileIsReached: Rule = (tree) => {
  const reached = reachedFrom(tree, startsOf(tree));
  return sources(tree)
    .filter(([file]) => !reached.has(file))
    .map(([file]) => ({
      file,
      line: 1,
      message: 'is not reached from any command or door; remove it, or use it',
    }));
};

/** What starts by itself. */
function startsOf(tree: SourceTree): readonly string[] {
  return [...entries, ...entriesOfPackage(tree.get('package.json') ?? '{}'), ...usedByScripts(tree)];
}

function reachedFrom(tree: SourceTree, starts: readonly string[]): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [...starts];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    const text = tree.get(file);
    if (text === undefined || reached.has(file) || !isCode(file)) continue;
    reached.add(file);
    waiting.push(...namedBy(file, text));
  }
  return reached;
}

/** Scripts run from the compiled code: `../dist/room/file.js`. */
function usedByScripts(tree: SourceTree): readonly string[] {
  return [...tree]
    .filter(([file]) => /^(scripts|bench)\//.test(file))
    .flatMap(([, text]) => [...text.matchAll(/dist\/([\w/.-]+)\.js/g)].map(([, name]) => `src/${name}.ts`));
}

function sources(tree: SourceTree): readonly (readonly [file: string, text: string])[] {
  return [...tree].filter(([file]) => file.startsWith('src/') && isCode(file));
}

function eachImport(tree: SourceTree): readonly (Import & { readonly file: string })[] {
  return sources(tree).flatMap(([file, text]) =>
    syntaxOf(file, text).imports.map((found) => ({ file, ...found })),
  );
}

/** The file a relative specifier means; undefined for a package. */
function targetOf(file: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : undefined;
}

/** `@scope/name/inside` is in `@scope/name`, `node:fs/promises` in `node:fs`. */
function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

function isAt(file: string, home: string): boolean {
  if (home.endsWith('/')) return file.startsWith(home);
  return new RegExp(`^${home.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`).test(file);
}

function isImport(statement: AstNode): boolean {
  return statement.type === 'ImportDeclaration';
}

/** `export ... from`, or `export { name }` in a file that has nothing of its own. */
function isPassedOn({ type, declaration, specifiers }: AstNode): boolean {
  if (type === 'ExportAllDeclaration') return true;
  return (
    type === 'ExportNamedDeclaration' &&
    !isNode(declaration) &&
    Array.isArray(specifiers) &&
    specifiers.length > 0
  );
}

/**
 * What a file imports, and what it starts by the name it will have when built: `new URL('./shard.js',
 * import.meta.url)`.
 */
function namedBy(file: string, text: string): readonly string[] {
  const { imports, nodes } = syntaxOf(file, text);
  const imported = imports.flatMap(({ specifier }) => targetOf(file, specifier) ?? []);
  const started = nodes.flatMap(({ node }) => {
    const [path] = isUrl(node) && Array.isArray(node['arguments']) ? node['arguments'].map(textOf) : [];
    return path === undefined ? [] : (targetOf(file, path.replace(/\.js$/, '.ts')) ?? []);
  });
  return [...imported, ...started];
}

function isUrl(node: AstNode): boolean {
  return node.type === 'NewExpression' && nameOf(node['callee']) === 'URL';
}

function dependenciesIn(packageJson: string): readonly string[] {
  const { dependencies = {}, peerDependencies = {} }: Readonly<Record<string, Record<string, string>>> =
    JSON.parse(packageJson);
  return Object.keys({ ...dependencies, ...peerDependencies });
}

/** The sources of `bin` and `exports`. */
function entriesOfPackage(packageJson: string): readonly string[] {
  return [...packageJson.matchAll(/"(?:\.\/)?dist\/([^"]*?)(?:\.d\.ts|\.js)"/g)].map(
    ([, path]) => `src/${path}.ts`,
  );
}
