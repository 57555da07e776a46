// Writes one state after another into a flash directory until it is killed, and says which one is done. Runs
// the built code.
import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openDirectoryFlash } from '../../dist/flash/directory-flash.js';

const flash = openDirectoryFlash(process.argv[2]);
for (let n = Number(flash.read().versions.LANGUAGE ?? 0) + 1; ; n++) {
  const language = storedFile(`${n}.lng`);
  const tone = storedFile(`${n}.wav`);
  const files = { LANGUAGE: [language.file], TONES: [tone.file] };
  flash.write({ ...flash.read(), versions: { LANGUAGE: `${n}` }, files }, [language.body, tone.body]);
  writeSync(1, `${n}\n`);
}

function storedFile(name) {
  const bytes = Buffer.from(name.repeat(1000));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const content = { sizeBytes: bytes.length, sha256, receivedAt: '2026-03-04T08:00:00.000Z' };
  return { file: { name, content }, body: { sha256, bytes } };
}
