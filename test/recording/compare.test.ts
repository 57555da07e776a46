import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type QuirkName, quirkTable } from '../../src/provisioning/quirks.ts';
import { readCapture } from '../../src/recording/capture.ts';
import { captureComparisonSchema } from '../../src/recording/capture-comparison.schema.ts';
import { compareCapture } from '../../src/recording/compare.ts';
import { encodeData, encodeReadRequest } from '../../src/transport/tftp-packet.ts';
import { ipv4, PHONE, pcap, SERVER, udp } from './packets.ts';

const recorded = (name: string) => readCapture(readFileSync(`fixtures/recorded/${name}.pcap`));
const software = 'SIP12x004.04.09.00';

/** Captures of our own phone with switches at other values than their defaults, and what they must say. */
const captures: [name: string, best: Record<string, string>][] = [
  ['switch-httpConnection-file', { httpConnection: 'file' }],
  ['switch-retryAfter-honour', { retryAfter: 'honour' }],
  ['switch-ftpMode-pasv', { ftpMode: 'pasv' }],
  ['switch-ftpMode-port', { ftpMode: 'port' }],
  ['switch-ftpSession-check', { ftpSession: 'check' }],
  ['switch-afterFailedFetch-end', { afterFailedFetch: 'end' }],
  ['switch-deadServer-skip', { deadServer: 'skip' }],
  ['switch-defaultProtocol-as-provisioning-file', { defaultProtocol: 'as-provisioning-file' }],
  ['switch-readLowerCase-ignore', { readLowerCase: 'ignore' }],
  ['switch-readImage-ignore', { readImage: 'ignore' }],
  ['switch-readBom-ignore', { readBom: 'ignore' }],
  ['switch-fwIdentical-before-download', { fwIdentical: 'before-download' }],
  ['switch-fwBaseline-stored', { fwBaseline: 'stored' }],
  ['switch-configRebootAtPowerUp-yes', { configRebootAtPowerUp: 'yes' }],
  // As one log of a real phone on 4.4.33 has it: neither shows without the other.
  ['switches-configReboot-always-at-power-up', { configReboot: 'always', configRebootAtPowerUp: 'yes' }],
];

/** All other switches make it three times as long; one test below has them. */
const judged = [...new Set(captures.flatMap(([, best]) => Object.keys(best)))].filter(isSwitch);

function isSwitch(name: string): name is QuirkName {
  return name in quirkTable;
}

test.for(captures)('%s is found to be so, and nothing else', async ([name, best]) => {
  const found = await compareCapture(recorded(name), { name, steps: [], software, switches: judged });
  expect(found).toMatchObject({ best, reproduced: true, differences: [] });
  const refuted = found.switches.filter(({ verdict }) => verdict === 'refuted');
  expect(Object.fromEntries(refuted.map((one) => [one.name, one.values.join()]))).toEqual(best);
  expect(found.switches.filter(({ verdict }) => verdict === 'contradicted')).toEqual([]);
  expect(found.rules.filter(({ verdict }) => verdict === 'refuted')).toEqual([]);
  expect(captureComparisonSchema.parse(found)).toEqual(found);
});

test('a capture of our phone as it is refutes nothing, and settles what it shows', async () => {
  const name = 'demo-http';
  const found = await compareCapture(recorded(name), { name, steps: ['check', { wait: 'rest' }] });
  expect(found).toMatchObject({
    phone: { address: '192.0.2.30', mac: '001B4F123001', model: '1230', software },
    requests: 11,
    checks: 2,
    best: {},
    reproduced: true,
  });
  const namesOf = (word: string) =>
    found.switches.filter(({ verdict }) => verdict === word).map(({ name: switchName }) => switchName);
  expect([...namesOf('refuted'), ...namesOf('contradicted')]).toEqual([]);
  expect(namesOf('settled')).toEqual(
    expect.arrayContaining(['ftpMode', 'ftpSession', 'httpConnection', 'fwBaseline']),
  );
  expect(found.switches).toHaveLength(Object.keys(quirkTable).length);
  expect(found.rules.map(({ verdict }) => verdict)).toEqual([
    'no-evidence',
    'settled',
    'settled',
    'settled',
    'settled',
    'no-evidence',
    'no-evidence',
  ]);
});

/** A phone that asks for its provisioning file over TFTP at these instants, and gets it at the last. */
function asking(atMs: readonly number[], options = new Map<string, string>()) {
  const request = Buffer.from(encodeReadRequest('1230SIP.cfg', options));
  const asked = atMs.map((at) => ({ atMs: at, bytes: ipv4(17, udp(40_000, 69, request)) }));
  const data = udp(50_000, 40_000, encodeData(1, Buffer.from('[DIALING_PLAN]\n')));
  const answer = { atMs: (atMs.at(-1) ?? 0) + 1, bytes: ipv4(17, data, { from: SERVER, to: PHONE }) };
  return readCapture(pcap([...asked, answer]));
}

const rules: [title: string, capture: ReturnType<typeof readCapture>, index: number, verdict: object][] = [
  ['waits as ours', asking([0, 1_000, 3_000]), 0, { verdict: 'settled', captured: '1.0, 2.0' }],
  [
    'other waits',
    asking([0, 5_000, 10_000]),
    0,
    { verdict: 'refuted', expected: '1.0, 2.0', captured: '5.0, 5.0' },
  ],
  ['no waits', asking([0]), 0, { verdict: 'no-evidence' }],
  ['no options', asking([0]), 1, { verdict: 'settled', captured: 'none' }],
  [
    'options',
    asking([0], new Map([['blksize', '1024']])),
    1,
    { verdict: 'refuted', expected: 'none', captured: 'blksize' },
  ],
  ['one port says nothing of ports', asking([0]), 2, { verdict: 'no-evidence' }],
];

test.for(rules)('a rule without a switch: %s', async ([, capture, index, verdict]) => {
  const found = await compareCapture(capture, { name: 'built', steps: [], switches: [] });
  expect(found.rules[index]).toMatchObject(verdict);
});

test('a capture without a phone is refused', async () => {
  const nothing = compareCapture(readCapture(pcap([])), { name: 'empty', steps: [] });
  await expect(nothing).rejects.toMatchObject({ name: 'CompareError', code: 'NO_PHONE' });
  const another = compareCapture(asking([0]), { name: 'built', steps: [], address: '192.0.2.99' });
  await expect(another).rejects.toMatchObject({ code: 'NO_PHONE' });
});
