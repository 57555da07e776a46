import { quote } from '../provisioning/quote.ts';
import { type ReceivedFile, wholeOf } from './received-file.ts';
import { accepted, refuse, type Verdict } from './verdict.ts';

/** What the `fmt ` chunk of a WAV file says. */
interface WaveFormat {
  readonly tag: number;
  readonly channels: number;
  readonly samplesPerSecond: number;
  readonly bitsPerSample: number;
}

const PCM = 1;
const formatNames: Readonly<Record<number, string>> = { [PCM]: 'PCM', 6: 'A-law', 7: 'mu-law' };
/** RIFF, length, WAVE. */
const RIFF_HEADER_BYTES = 12;
const CHUNK_HEADER_BYTES = 8;
const FORMAT_BYTES = 16;

/**
 * Whether a file is a tone a phone can play. Documented: M32 p35, A-law or u-law at 8 kHz, 8 bit, mono, or 16
 * kHz, 16 bit, mono; tones are not authenticated. Observed (KF): chunks `fact` and `LIST` stand before
 * `data`.
 */
export function verifyTone(file: ReceivedFile): Verdict {
  const found = readWave(wholeOf(file));
  if (typeof found !== 'string' && isPlayable(found)) return accepted;
  const what = typeof found === 'string' ? found : describe(found);
  return refuse(
    'WRONG_FORMAT',
    `${file.name} is ${what}; expected WAV, A-law or mu-law 8000 Hz 8 bit mono, or PCM 16000 Hz 16 bit mono`,
  );
}

function isPlayable({ tag, channels, samplesPerSecond, bitsPerSample }: WaveFormat): boolean {
  const [rate, bits] = tag === PCM ? [16_000, 16] : [8_000, 8];
  return (
    formatNames[tag] !== undefined && channels === 1 && samplesPerSecond === rate && bitsPerSample === bits
  );
}

function describe({ tag, channels, samplesPerSecond, bitsPerSample }: WaveFormat): string {
  const name = formatNames[tag] ?? `format ${tag}`;
  return `WAV, ${name} ${samplesPerSecond} Hz ${bitsPerSample} bit ${channels === 1 ? 'mono' : `${channels} channels`}`;
}

/**
 * The format of a WAV file with sound in it; a text says what was found instead. Chunks it does not know are
 * skipped.
 */
function readWave(bytes: Uint8Array): WaveFormat | string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (textAt(view, 0) !== 'RIFF' || textAt(view, 8) !== 'WAVE')
    return `no WAV: it begins with ${quote(startOf(bytes))}`;
  let format: WaveFormat | undefined;
  for (let at = RIFF_HEADER_BYTES; at + CHUNK_HEADER_BYTES <= bytes.length; ) {
    const name = textAt(view, at);
    const bodyAt = at + CHUNK_HEADER_BYTES;
    const length = view.getUint32(at + 4, true);
    if (bodyAt + length > bytes.length) return `WAV, cut off within its chunk ${quote(name)}`;
    if (name === 'fmt ' && length >= FORMAT_BYTES) format = formatAt(view, bodyAt);
    if (name === 'data') return format ?? 'WAV without a fmt chunk before its data';
    // Chunks begin at even places.
    at = bodyAt + length + (length % 2);
  }
  return 'WAV without a data chunk';
}

function formatAt(view: DataView, at: number): WaveFormat {
  return {
    tag: view.getUint16(at, true),
    channels: view.getUint16(at + 2, true),
    samplesPerSecond: view.getUint32(at + 4, true),
    bitsPerSample: view.getUint16(at + 14, true),
  };
}

function textAt(view: DataView, at: number): string {
  if (at + 4 > view.byteLength) return '';
  return String.fromCharCode(...[0, 1, 2, 3].map((offset) => view.getUint8(at + offset)));
}

function startOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, 16)).toString('latin1');
}
