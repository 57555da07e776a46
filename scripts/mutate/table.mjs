/**
 * A table of mutations and what became of them, printed line by line as it is found out; what is not as it
 * should be, in capitals, says why.
 */
export function tableOf(mutations, verdicts) {
  const keyWidth = Math.max(...mutations.map(({ key }) => key.length));
  const fileWidth = Math.max(...mutations.map(({ file }) => file.length));
  const verdictWidth = Math.max(...verdicts.map((verdict) => verdict.length));
  const counts = Object.fromEntries(verdicts.map((verdict) => [verdict, 0]));
  return {
    counts,
    add({ key, file, text, by, as }, { verdict, why }) {
      counts[verdict] += 1;
      const place = `${key.padEnd(keyWidth)}  ${file.padEnd(fileWidth)}`;
      console.log(`${verdict.padEnd(verdictWidth)}  ${place}  ${as ?? `${short(text)} -> ${short(by)}`}`);
      if (why !== '') console.log(`${' '.repeat(verdictWidth)}  ${why}`);
    },
  };
}

const TEXT_COLUMNS_MAX = 60;

function short(text) {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line === '') return 'nothing';
  return line.length > TEXT_COLUMNS_MAX ? `${line.slice(0, TEXT_COLUMNS_MAX - 3)}...` : line;
}
