import { COMMENT_COLUMNS_MAX, emptyNames, FILE_LINES_MAX, mayLeaveTestsOut, testsOfNoRoom } from './law.ts';
import { isCode, type Rule, type SourceTree, type Violation } from './source-tree.ts';
import { nameOf, type PlacedNode, type Syntax, syntaxOf, textOf } from './syntax.ts';

/** The compiler rewrites imports from .ts to .js, and no other text. */
export const noTextNamesASource: Rule = (tree) =>
  eachNode(tree, ['src/'], ({ node, parent, as }) => {
    const text = textOf(node);
    const isImport = as === 'source' && parent !== undefined && !parent.type.endsWith('Specifier');
    if (isImport || text === undefined || !/^\.{1,2}\/.*\.m?ts$/.test(text)) return undefined;
    return `"${text}" will not be there when built; name the .js file`;
  });

/** Whoever ends the process takes the decision from everybody above. */
export const onlyMainExits: Rule = (tree) =>
  eachNode(tree, ['src/'], ({ node }, file) => {
    const exits =
      (node.type === 'MemberExpression' &&
        nameOf(node['object']) === 'process' &&
        nameOf(node['property']) === 'exit') ||
      (node.type === 'ImportSpecifier' && nameOf(node['imported']) === 'exit');
    return exits && file !== 'src/cli/main.ts'
      ? 'process.exit is for cli/main.ts; return or throw'
      : undefined;
  });

/** A thing has one name, wherever it is imported. */
export const nothingIsADefault: Rule = (tree) =>
  eachNode(tree, ['src/'], ({ node }) =>
    node.type === 'ExportDefaultDeclaration' ? 'has a default export; give it a name' : undefined,
  );

/** A test that is left out, or that leaves out all others. */
export const everyTestRuns: Rule = (tree) =>
  eachNode(tree, ['test/'], ({ node }, file) => {
    if (mayLeaveTestsOut.includes(file)) return undefined;
    const left = nameOf(node['property']);
    const isLeftOut = node.type === 'MemberExpression' && ['only', 'skip', 'todo'].includes(left ?? '');
    return isLeftOut && isOfATest(node['object'])
      ? `.${left} leaves tests out; assert what is, and say so if it is wrong`
      : undefined;
  });

export const filesAreSmall: Rule = (tree) =>
  [...tree]
    .filter(([file]) => isOurCode(file) && !file.endsWith('.test.ts'))
    .flatMap(([file, text]) => {
      const lines = text.split('\n').length - 1;
      const message = `has ${lines} lines; at ${FILE_LINES_MAX} ask which second noun moved in`;
      return lines > FILE_LINES_MAX ? [{ file, line: FILE_LINES_MAX + 1, message }] : [];
    });

export const commentsAreNarrow: Rule = (tree) =>
  eachCode(tree, (file, text, { comments }) => {
    const lines = text.split('\n');
    return comments.flatMap((comment) =>
      comment.text.split('\n').flatMap((_, index) => {
        const line = comment.line + index;
        const columns = lines[line - 1]?.length ?? 0;
        const message = `has a comment of ${columns} columns; expected at most ${COMMENT_COLUMNS_MAX}`;
        return columns > COMMENT_COLUMNS_MAX ? [{ file, line, message }] : [];
      }),
    );
  });

export const namesSaySomething: Rule = (tree) =>
  [...tree.keys()].filter(isOurCode).flatMap((file) => {
    const parts = file.split('/').slice(1);
    const empty = parts.flatMap((part) => part.split(/[-.]/)).find((word) => emptyNames.includes(word));
    if (empty !== undefined)
      return [{ file, line: 1, message: `"${empty}" says nothing; name it by the noun or verb it holds` }];
    const odd = parts.find((part) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/.test(part));
    return odd === undefined ? [] : [{ file, line: 1, message: `"${odd}" is not written kebab-case` }];
  });

/** test/ has the folders of src/, so that a test is where it is looked for. */
export const testsMirrorSources: Rule = (tree) => {
  const folders = new Set([...tree.keys()].filter((file) => file.startsWith('src/')).flatMap(foldersOf));
  return [...tree.keys()]
    .filter((file) => file.startsWith('test/') && isCode(file))
    .filter((file) => !testsOfNoRoom.includes(file.split('/')[1] ?? ''))
    .flatMap((file) => {
      const source = file.slice(0, file.lastIndexOf('/')).replace(/^test/, 'src');
      return source === 'src' || folders.has(source)
        ? []
        : [{ file, line: 1, message: `there is no ${source}/ to test` }];
    });
};

function foldersOf(file: string): readonly string[] {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

function isOurCode(file: string): boolean {
  return /^(src|test|scripts|bench)\//.test(file) && isCode(file);
}

/** `test`, `describe.for`, `it.concurrent`. */
function isOfATest(value: unknown): boolean {
  const name = nameOf(value);
  if (name !== undefined) return ['test', 'it', 'describe', 'suite'].includes(name);
  return typeof value === 'object' && value !== null && 'object' in value && isOfATest(value.object);
}

function eachCode(
  tree: SourceTree,
  check: (file: string, text: string, syntax: Syntax) => readonly Violation[],
): readonly Violation[] {
  return [...tree].flatMap(([file, text]) =>
    isOurCode(file) ? check(file, text, syntaxOf(file, text)) : [],
  );
}

/** Asks each node of the files in some folders for what is wrong with it. */
function eachNode(
  tree: SourceTree,
  folders: readonly string[],
  complaintOf: (placed: PlacedNode, file: string) => string | undefined,
): readonly Violation[] {
  return [...tree]
    .filter(([file]) => isCode(file) && folders.some((folder) => file.startsWith(folder)))
    .flatMap(([file, text]) =>
      syntaxOf(file, text).nodes.flatMap((placed) => {
        const message = complaintOf(placed, file);
        return message === undefined ? [] : [{ file, line: placed.line, message }];
      }),
    );
}
