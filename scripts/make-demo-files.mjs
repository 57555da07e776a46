// Writes the tone and the image of the demo tree, the same bytes every time and everywhere.
// node scripts/make-demo-files.mjs [FOLDER]      (default: fixtures/demo)
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';

const folder = process.argv[2] ?? join(dirname(import.meta.dirname), 'fixtures', 'demo');

write('tones/Chime.wav', wav(chime()));
write('images/Background.png', png(background()));

function write(name, bytes) {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
}

// A tone: two notes that die away, 8,000 samples a second.

function chime() {
  const rate = 8_000;
  const notes = [
    { hertz: 660, from: 0 },
    { hertz: 880, from: 1_600 },
  ];
  return Array.from({ length: rate / 2 }, (_, at) => {
    const { hertz, from } = notes.findLast((note) => note.from <= at);
    const seconds = (at - from) / rate;
    return Math.round(24_000 * Math.exp(-9 * seconds) * Math.sin(2 * Math.PI * hertz * seconds));
  });
}

/** A-law in a WAV: format tag 6, and a fact chunk, as the tones of a real site have. */
function wav(samples) {
  const format = Buffer.alloc(18);
  format.writeUInt16LE(6, 0); // A-law
  format.writeUInt16LE(1, 2); // mono
  format.writeUInt32LE(8_000, 4); // samples a second
  format.writeUInt32LE(8_000, 8); // bytes a second
  format.writeUInt16LE(1, 12); // bytes a sample
  format.writeUInt16LE(8, 14); // bits a sample
  const fact = Buffer.alloc(4);
  fact.writeUInt32LE(samples.length);
  const chunks = [
    riffChunk('fmt ', format),
    riffChunk('fact', fact),
    riffChunk('data', Buffer.from(samples.map(aLaw))),
  ];
  return riffChunk('RIFF', Buffer.concat([Buffer.from('WAVE'), ...chunks]));
}

/** `body` has an even length: no chunk here needs padding. */
function riffChunk(name, body) {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(body.length);
  return Buffer.concat([Buffer.from(name), size, body]);
}

/** ITU-T G.711: sign, three bits of segment, four of mantissa, every second bit inverted. */
function aLaw(sample) {
  const sign = sample >= 0 ? 0x80 : 0;
  const magnitude = Math.min(sample >= 0 ? sample : -sample - 1, 32_767) >> 3;
  const segment = Math.max(0, 27 - Math.clz32(magnitude));
  const mantissa = (magnitude >> Math.max(1, segment)) & 0x0f;
  return (sign | (segment << 4) | mantissa) ^ 0x55;
}

// An image: dark at the left, light at the right, with two rows of dots.

function background() {
  const rows = Array.from({ length: 32 }, (_, y) =>
    Buffer.from(Array.from({ length: 144 }, (_, x) => (isDot(x, y) ? 255 : 40 + x))),
  );
  return { width: 144, rows };
}

function isDot(x, y) {
  return x % 12 === 6 && (y === 8 || y === 23);
}

/** 8-bit grey. The data is stored, not packed, since packers differ from one release of Node to the next. */
function png({ width, rows }) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(rows.length, 4);
  header[8] = 8; // bits a point; the rest is 0: grey, no filter, not interlaced
  const lines = Buffer.concat(rows.map((row) => Buffer.concat([Buffer.of(0), row])));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', header),
    pngChunk('IDAT', zlibStored(lines)),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(name, body) {
  const frame = Buffer.alloc(8);
  const named = Buffer.concat([Buffer.from(name), body]);
  frame.writeUInt32BE(body.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}

/** RFC 1950 and 1951: one block, stored. At most 65,535 bytes. */
function zlibStored(bytes) {
  const head = Buffer.from([0x78, 0x01, 0x01, 0, 0, 0, 0]);
  head.writeUInt16LE(bytes.length, 3);
  head.writeUInt16LE(~bytes.length & 0xffff, 5);
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(adler32(bytes));
  return Buffer.concat([head, bytes, tail]);
}

function adler32(bytes) {
  let a = 1;
  let b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return b * 65_536 + a;
}
