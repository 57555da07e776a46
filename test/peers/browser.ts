import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { foreignClient } from './available.ts';
import { findProgram } from './program.ts';

const PROGRAM = 'chromium';

/** Debian's Chromium, which the tests open pages in. */
export const chromiumNeeded = foreignClient(PROGRAM);

/** One browser for all tests of a suite. */
export function sharedBrowser(): () => Browser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    const executablePath = findProgram(PROGRAM);
    if (executablePath === undefined) throw new Error(`${PROGRAM} is not there`);
    // As root it has no sandbox of its own.
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
  });
  return () => {
    if (browser === undefined) throw new Error('The browser has not started');
    return browser;
  };
}
