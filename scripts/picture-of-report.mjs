// Writes docs/report.png: the upper part of the HTML report of a run of two scenarios, one of which fails.
// Usage: npm run build && node scripts/picture-of-report.mjs (needs Chromium)

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const root = join(import.meta.dirname, '..');
const program = join(root, 'dist', 'cli', 'main.js');
const WIDTH = 960;
const MARGIN = 4;

const stories = {
  'first-boot.yaml': `
    version: 1
    title: A factory-fresh phone takes everything and is idle
    expect: [{ state: idle, reboots: 1, exit: 0 }]`,
  'lost-language.yaml': `
    version: 1
    title: A language is complete although the server lost one of its files
    server: { files: demo, faults: [{ match: "*German.lng", fault: missing }] }
    steps:
      - power.on
      - wait: rest
      - check
      - wait: rest
    expect:
      - state: idle
        dnd.history: [off, on, off]
        flash: { LANGUAGE: "000001", DEVICE_CONFIG: "000001" }`,
};

const folder = mkdtempSync(join(tmpdir(), 'deskphone-picture-'));
try {
  for (const [name, text] of Object.entries(stories)) {
    writeFileSync(join(folder, name), text.replace(/^ {4}/gm, '').trimStart());
  }
  const words = ['run', ...Object.keys(stories), '--quiet', '--report', 'html=report.html'];
  const { status, stderr } = spawnSync(process.execPath, [program, ...words], { cwd: folder });
  if (status !== 3) throw new Error(`the run ended with ${status}: ${stderr}`);
  await picture(join(folder, 'report.html'), join(root, 'docs', 'report.png'));
} finally {
  rmSync(folder, { recursive: true });
}

/** From the top of the page to the end of the first timeline. */
async function picture(page, target) {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    const tab = await browser.newPage({ viewport: { width: WIDTH, height: 800 }, colorScheme: 'light' });
    await tab.goto(pathToFileURL(page).href);
    const timeline = await tab.locator('.scenario[open] figure .wide').first().boundingBox();
    const height = Math.ceil(timeline.y + timeline.height) + MARGIN;
    await tab.screenshot({ path: target, fullPage: true, clip: { x: 0, y: 0, width: WIDTH, height } });
  } finally {
    await browser.close();
  }
}
