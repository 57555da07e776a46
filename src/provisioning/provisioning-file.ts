import type { Problem } from './problem.ts';
import { ProblemList } from './problem-list.ts';
import type { Quirks } from './quirks.ts';
import type { Section } from './section.ts';
import { isHeader } from './section-header.ts';
import { SectionReader } from './section-reader.ts';
import { type CutOff, readTextLines, tellCutOff } from './text-lines.ts';
import { whyNoSection } from './why-no-section.ts';
import type { SectionName } from './words.ts';

/** What a phone makes of its provisioning file. */
export interface ProvisioningFile {
  /** In file order; a repeated section stands here as often as there. */
  readonly sections: readonly Section[];
  readonly problems: readonly Problem[];
  /** Whether an over-long line ended the reading. */
  readonly cutOff: boolean;
}

/**
 * Reads `<model>SIP.cfg`, `<model>.cfg` or `<model>Boot.cfg`. Takes any bytes, in linear time; never throws.
 */
export function parseProvisioningFile(
  bytes: Uint8Array,
  options: { readonly file: string; readonly quirks: Quirks },
): ProvisioningFile {
  const told = new ProblemList({ file: options.file });
  const { lines, cut } = readTextLines(bytes, options.quirks, told);
  const reader = new SectionReader(options.quirks, told);
  for (const line of lines) reader.read(line);
  const sections = reader.finish();
  if (sections.length === 0) told.tell('NO_SECTION', { message: whyNoSection(bytes) });
  if (cut !== undefined) tellCutOff(cut, lostSections(cut, reader.openSection), told);
  return { sections, problems: told.all(), cutOff: cut !== undefined };
}

/** What stood from the over-long line on: `the rest of [FW]`, `[TONES]`. */
function lostSections({ lost }: CutOff, open: SectionName | undefined): readonly string[] {
  const headers = lost.filter(isHeader).map((line) => line.text);
  const [first] = lost;
  const interrupted = open !== undefined && first !== undefined && !isHeader(first);
  return interrupted ? [`the rest of [${open}]`, ...headers] : headers;
}
