import { isCode, type Rule, type SourceTree, type Violation } from './source-tree.ts';

// What these rules look for is put together from pieces, so that they do not find themselves.

const leftover = new RegExp(`\\b(${['FIX' + 'ME', 'TO' + 'DO', 'XX' + 'X'].join('|')})\\b`);

/** Notes to oneself do not outlive the day. */
export const nothingIsLeftOver: Rule = (tree) =>
  eachLine(tree, isCode, (line) => {
    const found = leftover.exec(line)?.[1];
    return found === undefined ? undefined : `"${found}" is left over; do it, or write an issue`;
  });

const homeOfOne = new RegExp(
  `(?:^|[^\\w./-])(/(?:${['wo' + 'rk', 'ro' + 'ot', 'ho' + 'me/\\w+'].join('|')}))/`,
);
const placeOfPackages = new RegExp(`\\bregis` + `try\\.[a-z0-9-]+\\.[a-z]|\\bregis` + `try\\s*=`);

/** Nothing knows the machine it was written on. */
export const nothingNamesThisMachine: Rule = (tree) =>
  eachLine(
    tree,
    () => true,
    (line) => {
      const path = homeOfOne.exec(line)?.[1];
      if (path !== undefined) return `names ${path}/ of one machine; use a path from the repository's root`;
      return placeOfPackages.test(line)
        ? 'names a package registry; that is the user' + "'s own setting"
        : undefined;
    },
  );

/** The lock holds for every registry: it names versions and digests, not places. */
export const theLockNamesNoPlace: Rule = (tree) =>
  eachLine(
    tree,
    (file) => file.endsWith('package-lock.json'),
    (line) =>
      /^\s*"resolved":/.test(line)
        ? 'has a "resolved" place; install with the .npmrc of the repository'
        : undefined,
  );

function eachLine(
  tree: SourceTree,
  isWanted: (file: string) => boolean,
  complaintOf: (line: string) => string | undefined,
): readonly Violation[] {
  return [...tree].flatMap(([file, text]) => {
    if (!isWanted(file)) return [];
    return text.split('\n').flatMap((line, index) => {
      const message = complaintOf(line);
      return message === undefined ? [] : [{ file, line: index + 1, message }];
    });
  });
}
