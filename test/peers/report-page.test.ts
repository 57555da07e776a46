import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { fleetPage } from '../../src/report/fleet/html/fleet-page.ts';
import { resultPage } from '../../src/report/html/result-page.ts';
import type { Result } from '../../src/report/result.ts';
import { aPhone, aResult, aScenario, hostileText, unmetExpectation } from '../report/a-result.ts';
import { aFleetResult } from '../report/fleet/a-fleet-result.ts';
import { smallFleet, tallyOf } from '../report/fleet/small-fleet.ts';
import { peerSuite } from './available.ts';
import { chromiumNeeded, sharedBrowser } from './browser.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A run with one scenario of each verdict. */
const run = aResult([
  aScenario({ why: 'M44 p52' }),
  aScenario({
    id: 'faults/no-language.yaml',
    group: 'faults',
    title: 'A missing language is not stored',
    expectations: [unmetExpectation(), unmetExpectation({ at: 12_703.5, phone: null, facts: [] })],
    repeats: { of: 3, passed: 1, failedSeeds: ['2', '3'] },
  }),
  aScenario({ id: 'c.yaml', group: '.', title: 'It cannot listen', error: 'port 69 is taken', phones: [] }),
]);

/** Twelve phones, and a server that goes wrong in every way that a chart shows. */
const fleet = aFleetResult(
  tallyOf(
    await smallFleet({
      count: 12,
      withOwnFile: 8,
      faults: [
        { fault: 'missing', match: 'German.lng', share: '50%' },
        { fault: 'silence', match: 'banner.txt', times: 1 },
        { fault: 'latency', match: 'device.cfg', ms: 300, share: '20%' },
      ],
    }),
    { measureFromMs: 0, release: { section: 'FW', version: 'SIP12x004.04.09.00', publishedMs: 0 } },
  ).figures(),
  {},
  ['boot.latency.p95 < 30s', 'errors.rate == 0', 'http.FW.service.max < 10m'],
);

peerSuite('the page of a report in Chromium', [chromiumNeeded], () => {
  const browser = sharedBrowser();

  /** The page as a reader has it, and all that it said or asked for. */
  async function opened(result: Result, options: BrowserContextOptions = {}) {
    return openedPage(resultPage(result), options);
  }

  async function openedPage(markup: string, options: BrowserContextOptions = {}) {
    const context = await browser().newContext(options);
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const told: string[] = [];
    page.on('console', (message) => told.push(message.text()));
    page.on('pageerror', (error) => told.push(error.message));
    page.on('request', (request) => told.push(request.url()));
    page.on('dialog', (dialog) => {
      told.push(dialog.message());
      void dialog.dismiss();
    });
    await page.setContent(markup, { waitUntil: 'load' });
    return { page, told };
  }

  async function complaintsOfAxe(page: Page) {
    await page.evaluate(axe);
    return page.evaluate(
      'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + " " + nodes[0].html))',
    );
  }

  async function widthOf(page: Page) {
    return page.evaluate('[document.documentElement.scrollWidth, window.innerWidth]');
  }

  test('it says nothing on the console, asks for nothing, and shows what did not pass', async () => {
    const { page, told } = await opened(run);
    expect(told).toEqual([]);
    expect(await page.title()).toBe(
      '1 of 3 scenarios failed, and 1 of 3 scenarios could not be run to its end',
    );
    expect(await page.locator('details.scenario[open] > summary h3').allInnerTexts()).toEqual([
      'It cannot listen',
      'A missing language is not stored',
    ]);
    expect(await page.locator('.difference .missing').first().innerText()).toBe('LANGUAGE: 000001');
    expect(await page.locator('.difference .surplus').first().innerText()).toBe('LANGUAGE: none');
  });

  test('the picture has every lane, each bar with its words', async () => {
    const { page } = await opened(run);
    const picture = page.locator('svg.timeline').first();
    expect(await picture.locator('.lane').allTextContents()).toEqual([
      'Time',
      'Phone',
      'Transfers',
      'DND',
      'Verdicts',
      'Screen',
    ]);
    expect(await picture.locator('g > title').allTextContents()).toEqual([
      '0.000 to 9.275: boot loader',
      '9.275 to 12.704: starting',
      '12.704 to 89.026: check',
      '89.026 to 91.227: logs in',
      '91.227 to the end: idle',
      '12.704 to 12.706: 1. 1230SIP.cfg over http: 967 B',
      '89.024 to 89.025: 2. languages/French.lng over http: NOT_FOUND',
      '91.227: \u2717 flash',
      '12.704: \u2717 flash',
    ]);
    expect(await picture.locator('.lcd text').allTextContents()).toContain('Redial');
  });

  test('what passed is hidden by the keyboard alone, and a link opens what is closed', async () => {
    const { page } = await opened(run);
    const passed = page.locator('details.scenario.passed');
    await page.locator('#shown-all').focus();
    await page.keyboard.press('ArrowRight');
    expect(await passed.isVisible()).toBe(false);
    await page.keyboard.press('ArrowLeft');
    expect(await passed.isVisible()).toBe(true);
    await page.getByRole('link', { name: 'A phone boots' }).press('Enter');
    expect(await passed.getAttribute('open')).toBe('');
  });

  test('whatever names and texts hold, they are text', async () => {
    const phone = aPhone({ name: hostileText });
    const { page, told } = await opened(
      aResult([
        aScenario({
          ...{ id: hostileText, file: hostileText, group: hostileText, title: hostileText, why: hostileText },
          ...{ seed: hostileText, replay: hostileText, error: hostileText },
          expectations: [unmetExpectation({ word: hostileText, expected: hostileText, found: hostileText })],
          phones: [phone],
        }),
      ]),
    );
    expect(told).toEqual([]);
    expect(await page.locator('script, a[href^="javascript"]').count()).toBe(0);
    expect(await page.locator('h3').innerText()).toContain('<script>alert("x")</script>');
  });

  test.for<[title: string, options: BrowserContextOptions]>([
    ['in the light', { colorScheme: 'light' }],
    ['in the dark', { colorScheme: 'dark' }],
    ['on a phone', { viewport: { width: 360, height: 740 } }],
  ])('everybody can read it %s', async ([, options]) => {
    const { page } = await opened(run, options);
    await page.evaluate('document.querySelectorAll("details").forEach((one) => { one.open = true; })');
    const [needed, had] = (await widthOf(page)) as [number, number];
    expect(needed).toBeLessThanOrEqual(had);
    expect(await complaintsOfAxe(page)).toEqual([]);
  });

  test('on paper it is black on white, and as wide as the sheet', async () => {
    const { page } = await opened(run, { colorScheme: 'dark', viewport: { width: 700, height: 1000 } });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    expect(await page.locator('.choice').isVisible()).toBe(false);
    expect(await widthOf(page)).toEqual([700, 700]);
    expect((await page.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-');
  });

  test('a run of nothing has a page, too', async () => {
    const { page, told } = await opened(aResult([]));
    expect(told).toEqual([]);
    expect(await page.locator('h1').innerText()).toContain('No scenario was run');
  });

  test('that of a fleet says nothing, asks for nothing, and begins with what to look at', async () => {
    const { page, told } = await openedPage(fleetPage(fleet));
    expect(told).toEqual([]);
    expect(await page.title()).toBe('Twelve phones boot: 12 phones, failed');
    expect(await page.locator('ol.first li').allInnerTexts()).toEqual([
      ...fleet.why,
      '9 of 32 files over ftp failed: the server has no such file',
    ]);
    expect(await page.locator('figure.chart h3').allInnerTexts()).toEqual([
      ...['Load', 'Bytes', 'Latency over time', 'Files by percentile', 'Boots and checks by percentile'],
      ...['Sessions', 'States', 'Connections', 'Errors', 'Convergence on FW SIP12x004.04.09.00'],
      ...['Amplification', 'Generator health'],
    ]);
    const load = page.locator('figure.chart').first();
    expect(await load.locator('.legend li').allInnerTexts()).toEqual(['tftp', 'ftp', 'http']);
    expect(await load.locator('.teller title').first().textContent()).toMatch(
      /^0ms\ntftp: [\d.]+\/s\nftp: [\d.]+\/s\nhttp: [\d.]+\/s$/,
    );
  });

  test.for<[title: string, options: BrowserContextOptions]>([
    ['in the light', { colorScheme: 'light' }],
    ['in the dark', { colorScheme: 'dark' }],
    ['on a phone', { viewport: { width: 360, height: 740 } }],
  ])('everybody can read that of a fleet %s', async ([, options]) => {
    const { page } = await openedPage(fleetPage(fleet), options);
    const [needed, had] = (await widthOf(page)) as [number, number];
    expect(needed).toBeLessThanOrEqual(had);
    expect(await complaintsOfAxe(page)).toEqual([]);
  });

  test('that of a fleet fits on paper, whatever its names hold', async () => {
    const hostile = { ...fleet, title: hostileText, seed: hostileText, why: [hostileText] };
    const options: BrowserContextOptions = { colorScheme: 'dark', viewport: { width: 700, height: 1000 } };
    const { page, told } = await openedPage(fleetPage(hostile), options);
    expect(told).toEqual([]);
    expect(await page.locator('script, a[href^="javascript"]').count()).toBe(0);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    expect(await widthOf(page)).toEqual([700, 700]);
  });

  test('a fleet of nothing has a page, too', async () => {
    const { page, told } = await openedPage(
      fleetPage(aFleetResult(tallyOf({ phones: [], facts: [] }).figures())),
    );
    expect(told).toEqual([]);
    expect(await page.locator('h1').innerText()).toContain('Twelve phones boot');
  });
});
