import { formatDuration, SECOND_MS } from '../clock/durations.ts';
import { isoInstant } from '../clock/instant.ts';
import { type Moment, momentsOf } from './arrivals.ts';
import { type Evidence, expectedRequests } from './expected-requests.ts';
import { InputError } from './input-error.ts';
import type { RecordedPhone } from './phones.ts';
import { macOf, quoted, type Recorded, serverLines, softwareBefore, titleOf } from './recorded.ts';
import { stateBefore } from './state-before.ts';

/** Of a scenario; its schema says so too. */
export const SCENARIO_PHONES_MAX = 100;

const SCHEMA = './node_modules/deskphone-emulator/scenarios/scenario.schema.json';

/** The recording as a scenario file. Throws `InputError` for more phones than one may have, or none. */
export function scenarioText(order: Recorded): string {
  const { phones, readings } = order;
  const names = readings.map(({ file }) => file).join(', ');
  if (phones.length === 0) throw new InputError('NO_PHONES', names, 'no phone asked for its files');
  if (phones.length > SCENARIO_PHONES_MAX) {
    const found = `${phones.length} phones asked for their files`;
    throw new InputError(
      'TOO_MANY',
      names,
      `${found}; expected at most ${SCENARIO_PHONES_MAX} in a scenario: more are a fleet (--fleet)`,
    );
  }
  const moments = momentsOf(phones);
  return `${[
    `# yaml-language-server: $schema=${SCHEMA}`,
    'version: 1',
    `title: ${quoted(titleOf(phones))}`,
    `why: ${quoted(`Recorded by deskphone record from ${names}.`)}`,
    ...timeOf(order, moments),
    '# A log has moments of requests: nothing is to come before them.',
    'timings: none',
    'phones:',
    ...phones.map((phone, index) => phoneLine(phone, index, order)),
    ...serverLines(order),
    'steps:',
    ...stepLines(moments),
    'expect:',
    ...phones.flatMap((phone) => expectLines(phone, order)),
  ].join('\n')}\n`;
}

/** Somebody's server has no virtual time. */
function timeOf({ server }: Recorded, [first]: readonly Moment[]): readonly string[] {
  if ('url' in server) return ['time: { mode: real }'];
  return [`time: { starts: ${quoted(isoInstant(first?.atMs ?? 0))} }`];
}

function phoneLine(phone: RecordedPhone, index: number, { offers }: Recorded): string {
  const { name, model, userAgentByte, visits } = phone;
  const before = offers === undefined ? undefined : stateBefore(phone, offers);
  const software = softwareBefore(phone, before);
  const versions = Object.entries(before?.versions ?? {}).map(
    ([section, version]) => `${section}: ${quoted(version)}`,
  );
  const flash = [...versions, ...(visits[0]?.begins?.by === 'boot loader' ? ['image: writing'] : [])];
  const parts = [
    `name: ${quoted(name)}`,
    ...(model === undefined ? [] : [`model: ${quoted(model)}`]),
    `mac: ${quoted(macOf(phone, index))}`,
    ...(software === undefined ? [] : [`software: ${software}`]),
    ...(userAgentByte === undefined ? [] : [`userAgentByte: ${quoted(userAgentByte)}`]),
    ...(flash.length === 0 ? [] : [`flash: { ${flash.join(', ')} }`]),
  ];
  return `  - { ${parts.join(', ')} }`;
}

function stepLines(moments: readonly Moment[]): readonly string[] {
  const lines: string[] = [];
  const startMs = moments[0]?.atMs ?? 0;
  let nowMs = 0;
  for (const { atMs, turn, phones } of moments) {
    const dueMs = Math.round(atMs - startMs);
    if (dueMs > nowMs) lines.push(`  - advance: ${(dueMs - nowMs) / SECOND_MS}s`);
    nowMs = dueMs;
    const whose = `phone: [${phones.map(quoted).join(', ')}]`;
    const after = nowMs === 0 ? '' : `, ${formatDuration(nowMs)} after the first`;
    // A slower server than the recorded one must not cut a phone off.
    if (turn === 'off') lines.push(`  - { ${whose}, wait: rest }`);
    lines.push(`  - { ${whose}, power.${turn}: null } # ${isoInstant(atMs)}${after}`);
  }
  return [...lines, '  - wait: rest'];
}

function expectLines(phone: RecordedPhone, evidence: Evidence): readonly string[] {
  const { word, requests, why } = expectedRequests(phone, evidence);
  return [
    `  - phone: ${quoted(phone.name)}`,
    ...(why === undefined ? [] : [`    # No more than this, since ${why}.`]),
    `    ${word}:`,
    ...requests.map(({ file, result }) =>
      result === undefined
        ? `      - ${quoted(file)}`
        : `      - { file: ${quoted(file)}, result: ${result} }`,
    ),
  ];
}
