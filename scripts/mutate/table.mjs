/**
 * A table of rules and what became of their mutations, told line by line as it is found out; what survived or
 * broke says why.
 */
export function tableOf(rules, print) {
  const idWidth = Math.max(...rules.map(({ id }) => id.length));
  const fileWidth = Math.max(...rules.map(({ inverted }) => inverted.file.length));
  const counts = { caught: 0, SURVIVED: 0, BROKEN: 0 };
  return {
    counts,
    add({ id, inverted }, { verdict, why }) {
      counts[verdict] += 1;
      const { file, text, by } = inverted;
      const place = `${id.padEnd(idWidth)}  ${file.padEnd(fileWidth)}`;
      print(`${verdict.padEnd(8)}  ${place}  ${short(text)} -> ${short(by)}`);
      if (verdict !== 'caught') print(`          ${why}`);
    },
  };
}

const TEXT_COLUMNS_MAX = 60;

function short(text) {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line === '') return 'nothing';
  return line.length > TEXT_COLUMNS_MAX ? `${line.slice(0, TEXT_COLUMNS_MAX - 3)}...` : line;
}
