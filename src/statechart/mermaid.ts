import type { Chart, ChartState, ChartTransition } from './chart.ts';

/** A chart as a Mermaid state diagram (`stateDiagram-v2`). The same chart gives the same text. */
export function mermaidOf({ root, transitions }: Chart): string {
  const lines = [
    'stateDiagram-v2',
    ...inside(root, '  '),
    ...transitions.map((transition) => `  ${arrow(transition, root)}`),
  ];
  return `${lines.join('\n')}\n`;
}

function inside({ states, initial, kind }: ChartState, indent: string): readonly string[] {
  const first = initial === undefined ? [] : [`${indent}[*] --> ${nameOf(initial)}`];
  const children = states.map((state) => declaration(state, indent));
  if (kind !== 'parallel') return [...first, ...children.flat()];
  return children.flatMap((lines, index) => (index === 0 ? lines : [`${indent}--`, ...lines]));
}

function declaration(state: ChartState, indent: string): readonly string[] {
  const head = `${indent}state "${labelOf(state)}" as ${nameOf(state.id)}`;
  if (state.states.length > 0) return [`${head} {`, ...inside(state, `${indent}  `), `${indent}}`];
  return state.kind === 'final' ? [head, `${indent}${nameOf(state.id)} --> [*]`] : [head];
}

function labelOf({ name, invokes, tags }: ChartState): string {
  return [name, ...invokes.map((actor) => `runs ${actor}`), ...tags.map((tag) => `(${tag})`)].join(' ');
}

/**
 * An arrow that leaves the whole machine's frame begins at its first state: Mermaid has no frame to hang it
 * on.
 */
function arrow({ from, to, on, guard }: ChartTransition, root: ChartState): string {
  const start = from === root.id ? (root.initial ?? from) : from;
  const end = to === root.id ? start : to;
  const label = [on, guard === undefined ? '' : `[${guard}]`].filter((word) => word !== '').join(' ');
  return `${nameOf(start)} --> ${nameOf(end)}${label === '' ? '' : ` : ${label.replaceAll(':', ' ')}`}`;
}

function nameOf(id: string): string {
  return id.replaceAll(/[^A-Za-z0-9]/g, '_');
}
