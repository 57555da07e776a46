import { isCode, type Rule } from './source-tree.ts';
import { type AstNode, nameOf, type PlacedNode, syntaxOf } from './syntax.ts';

const globals = ['setTimeout', 'setInterval', 'setImmediate', 'performance'];
const members: Readonly<Record<string, readonly string[]>> = {
  Date: ['now'],
  Math: ['random'],
  process: ['hrtime', 'uptime'],
  AbortSignal: ['timeout'],
};

/** The host's time and chance are in src/clock alone; everybody else is given a Clock and a Random. */
export const timeAndChanceAreGiven: Rule = (tree) =>
  [...tree]
    .filter(([file]) => file.startsWith('src/') && !file.startsWith('src/clock/') && isCode(file))
    .flatMap(([file, text]) =>
      syntaxOf(file, text).nodes.flatMap((placed) => {
        const used = hostTimeIn(placed);
        const message = `${used} is the host's; take a Clock or a Random`;
        return used === undefined ? [] : [{ file, line: placed.line, message }];
      }),
    );

function hostTimeIn({ node, parent, as }: PlacedNode): string | undefined {
  if (node.type === 'MemberExpression') return memberIn(node);
  if (asksForTheDate(node)) return node.type === 'NewExpression' ? 'new Date()' : 'Date()';
  const name = nameOf(node);
  if (name === undefined || !globals.includes(name) || isOnlyAName(parent, as)) return undefined;
  return name;
}

/** `Date.now` and its like, and the globals by way of `globalThis`. */
function memberIn(node: AstNode): string | undefined {
  const [object, property] = [nameOf(node['object']), nameOf(node['property'])];
  if (object === undefined || property === undefined) return undefined;
  const banned = object === 'globalThis' ? globals : members[object];
  return banned?.includes(property) === true ? `${object}.${property}` : undefined;
}

/**
 * `new Date(ms)` writes a given time in another way; without a value, or called as a function, it is the
 * host's.
 */
function asksForTheDate(node: AstNode): boolean {
  if (nameOf(node['callee']) !== 'Date') return false;
  if (node.type === 'CallExpression') return true;
  return node.type === 'NewExpression' && Array.isArray(node['arguments']) && node['arguments'].length === 0;
}

/** `clock.setTimeout`, `{ setTimeout: ... }`, a method called so: a name, and not the global. */
function isOnlyAName(parent: AstNode | undefined, as: string): boolean {
  if (parent === undefined || parent['computed'] === true) return false;
  return as === 'property' || as === 'key';
}
