import { expect, onTestFinished, test } from 'vitest';
import { type FlashContents, factoryFlash } from '../../src/device/flash-contents.ts';
import type { PhoneEvent } from '../../src/events/phone-event.ts';
import { memoryFlash } from '../../src/flash/memory-flash.ts';
import { phoneMaker } from '../../src/phone/phone-maker.ts';
import { defaultQuirks } from '../../src/provisioning/quirks.ts';
import { demoStore } from '../../src/scenario/demo-tree.ts';
import { followPhone, type Story } from '../../src/scenario/follow-phone.ts';
import { rightTime } from '../../src/scenario/time-door.ts';
import { openWorld, type RunPlan } from '../../src/scenario/world.ts';

/** Follows a phone through a story with the demo tree, its image made small. */
async function follow(
  story: Partial<Story>,
  {
    time = 'virtual',
    timings = 'none',
    onFact = () => {},
    settings = {},
    timeServer = rightTime,
  }: Partial<Pick<RunPlan, 'time' | 'timings' | 'timeServer'>> & {
    readonly onFact?: (fact: PhoneEvent) => void;
    readonly settings?: FlashContents['settings'];
  } = {},
) {
  const server = { kind: 'embedded', store: demoStore(64 * 1024) } as const;
  const run = await openWorld({
    time,
    seed: 'follow',
    timings,
    quirks: defaultQuirks,
    server,
    ports: {},
    timeServer,
  });
  onTestFinished(() => run.close());
  const told: string[] = [];
  run.journal.listen(({ event }) => {
    told.push(event.type);
    onFact(event);
  });
  const phone = phoneMaker(run.world)({
    model: '1230',
    flash: memoryFlash({ ...factoryFlash({ mac: '001B4F123001' }), settings }),
    server: run.server,
    serverOwner: run.serverOwner,
    ports: run.ports,
    ca: [],
    tlsVerify: 'verify',
  });
  const whole: Story = {
    start: 'power-on',
    steps: [],
    timeoutMs: 3_600_000,
    signal: new AbortController().signal,
    ...story,
  };
  const end = await followPhone(run, phone, whole).finally(() => phone.stop());
  return { end, told, atRest: phone.atRest(), now: run.clock.now() };
}

const marks = ['power.on', 'power.off', 'update.started', 'phone.restarted', 'phone.idle'];

for (const time of ['virtual', 'jump', 'real'] as const) {
  test(`each step waits for the rest before it, in ${time} time`, async () => {
    const { end, told } = await follow({ steps: ['check', 'reset', 'off', 'on'] }, { time });
    expect(end).toBe('at-rest');
    expect(told.filter((type) => marks.includes(type))).toEqual([
      ...['power.on', 'update.started', 'phone.restarted', 'update.started', 'phone.idle'],
      ...['update.started', 'phone.idle'],
      ...['phone.restarted', 'update.started', 'phone.idle'],
      ...['power.off'],
      ...['power.on', 'update.started', 'phone.idle'],
    ]);
  });

  test(`an interruption ends the story where it is, in ${time} time`, async () => {
    const stopping = new AbortController();
    const onFact = ({ type }: PhoneEvent) => {
      if (type === 'provisioning-file.read') stopping.abort();
    };
    const { end, told } = await follow({ signal: stopping.signal }, { time, onFact });
    expect(end).toBe('interrupted');
    expect(told).not.toContain('phone.idle');
  });

  test(`a story that was called off before it began does not come to idle, in ${time} time`, async () => {
    const { end, told } = await follow({ signal: AbortSignal.abort() }, { time, timings: 'field' });
    expect(end).toBe('interrupted');
    expect(told).not.toContain('update.started');
  });

  test(`the limit ends a story, in ${time} time`, async () => {
    // The boot loader alone takes 8 to 12 s by these timings.
    const { end, told } = await follow({ timeoutMs: 200 }, { time, timings: 'field' });
    expect(end).toBe('timeout');
    expect(told.at(-1)).toBe('boot-loader.started');
  });

  test(`a bug of ours is not taken for a rest, in ${time} time`, async () => {
    const onFact = ({ type }: PhoneEvent) => {
      if (type === 'provisioning-file.read') throw new Error('a bug of ours');
    };
    await expect(follow({}, { time, onFact })).rejects.toThrow('a bug of ours');
  });
}

test('the limit counts for all steps together', async () => {
  const once = await follow({}, { timings: 'field' });
  const bootMs = once.now - Date.UTC(2026, 2, 2, 8);
  const steps = ['reset', 'reset'] as const;
  expect((await follow({ steps, timeoutMs: bootMs * 1.1 }, { timings: 'field' })).end).toBe('timeout');
  expect((await follow({ steps, timeoutMs: bootMs * 3 }, { timings: 'field' })).end).toBe('at-rest');
});

test('a phone that is up already is not booted first', async () => {
  const { told } = await follow({ start: 'resume', steps: ['check'] });
  expect(told.filter((type) => marks.includes(type)).slice(0, 3)).toEqual([
    'power.on',
    'phone.idle',
    'update.started',
  ]);
});

const polling: FlashContents['settings'] = { AUTO_UPDATE: { value: 'YES', from: 'file' } };

for (const time of ['virtual', 'jump'] as const) {
  test(`three polls of a phone that polls take three days, and not of its limit, in ${time} time`, async () => {
    const story = { steps: ['poll', 'poll', 'poll'], timeoutMs: 3_600_000 } as const;
    const { end, told } = await follow(story, { time, settings: polling });
    expect(end).toBe('at-rest');
    expect(told.filter((type) => type === 'poll.due')).toHaveLength(3);
    expect(told.filter((type) => type === 'update.started')).toHaveLength(5);
  });
}

test('a story that waits for a poll of a phone without clock ends once its time server was silent', async () => {
  const settings = {
    ...polling,
    SNTP_ENABLE: { value: 'YES', from: 'file' },
    SNTP_SERVER: { value: '192.0.2.123', from: 'file' },
  } as const;
  const silent = { answers: 'no', aheadMs: 0 } as const;
  const { end, told } = await follow({ start: 'resume', steps: ['poll'] }, { settings, timeServer: silent });
  expect(end).toEqual({ noPollBecause: 'no-clock' });
  expect(told).toContain('sntp.failed');
  const answering = await follow({ start: 'resume', steps: ['poll'] }, { settings });
  expect(answering.end).toBe('at-rest');
  expect(answering.told.filter((type) => type === 'poll.due')).toHaveLength(1);
});

test('a story that waits for a poll of a phone that does not poll ends at once', async () => {
  const { end, told } = await follow({ steps: ['poll'] });
  expect(end).toEqual({ noPollBecause: 'auto-update-off' });
  expect(told).not.toContain('poll.due');
});
