/** What became of a rule's mutation, in words. */
export function rowOf({ id, inverted }, { verdict, why }) {
  return {
    id,
    where: inverted.file,
    mutation: `${short(inverted.text)} -> ${short(inverted.by)}`,
    verdict,
    why,
  };
}

/** One line a rule; what survived or broke says why. */
export function printTable(rows) {
  const idWidth = Math.max(...rows.map(({ id }) => id.length));
  const fileWidth = Math.max(...rows.map(({ where }) => where.length));
  for (const { id, where, mutation, verdict, why } of rows) {
    console.log(`${verdict.padEnd(8)}  ${id.padEnd(idWidth)}  ${where.padEnd(fileWidth)}  ${mutation}`);
    if (verdict !== 'caught') console.log(`          ${why}`);
  }
}

const TEXT_COLUMNS_MAX = 60;

function short(text) {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line === '') return 'nothing';
  return line.length > TEXT_COLUMNS_MAX ? `${line.slice(0, TEXT_COLUMNS_MAX - 3)}...` : line;
}
