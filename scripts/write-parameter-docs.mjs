// Writes docs/parameters.md from the table of parameters. Build first: node scripts/build.mjs
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parameterDocument } from '../dist/provisioning/parameter-document.js';

const docs = join(dirname(import.meta.dirname), 'docs');
mkdirSync(docs, { recursive: true });
writeFileSync(join(docs, 'parameters.md'), parameterDocument());
