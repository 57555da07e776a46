/** Seeded chance. The same seed and the same labels give the same numbers on every machine. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** A number in [low, high). */
  between(low: number, high: number): number;
  /** A stream of its own for `label` (a MAC, a fault rule); drawing from it leaves this one where it was. */
  fork(label: string): Random;
}

/** A `Random` from any text or number: sfc32 (PractRand-tested, 128 bits of state), seeded by xmur3. */
export function seededRandom(seed: string | number): Random {
  const text = String(seed);
  const draw = sfc32(hashStream(text));
  return {
    next: draw,
    between: (low, high) => low + draw() * (high - low),
    fork: (label) => seededRandom(`${text}/${label}`),
  };
}

function hashStream(text: string): () => number {
  let h = 1779033703 ^ text.length;
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 3432918353);
    h = (h << 13) | (h >>> 19);
  }
  return () => {
    h = Math.imul(h ^ (h >>> 16), 2246822507);
    h = Math.imul(h ^ (h >>> 13), 3266489909);
    h ^= h >>> 16;
    return h >>> 0;
  };
}

function sfc32(seed: () => number): () => number {
  let a = seed() | 0;
  let b = seed() | 0;
  let c = seed() | 0;
  let d = seed() | 0;
  return () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4294967296;
  };
}
