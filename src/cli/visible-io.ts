import { visible } from '../provisioning/quote.ts';
import { paint } from '../report/palette.ts';
import type { Io } from './io.ts';

/**
 * The same streams for texts from anywhere: a title, a name of a file or the answer of a server can neither
 * move the cursor nor set a colour that no palette has.
 */
export function visibleIo(io: Io): Io {
  return {
    ...io,
    out: (text) => io.out(shown(text, io)),
    err: (text) => io.err(visible(text)),
  };
}

function shown(text: string, { color }: Pick<Io, 'color'>): string {
  if (!color) return visible(text);
  const pieces = text.split(paint);
  return pieces.map((piece, index) => (index % 2 === 0 ? visible(piece) : piece)).join('');
}
