import { describe, expect, onTestFinished, test } from 'vitest';
import { factoryFlash } from '../../src/device/flash-contents.ts';
import type { JournalEntry } from '../../src/events/journal.ts';
import { memoryFlash } from '../../src/flash/memory-flash.ts';
import { phoneMaker } from '../../src/phone/phone-maker.ts';
import { defaultQuirks } from '../../src/provisioning/quirks.ts';
import { demoStore } from '../../src/scenario/demo-tree.ts';
import { followPhone, type Step } from '../../src/scenario/follow-phone.ts';
import { openWorld, type RunPlan } from '../../src/scenario/world.ts';

interface Run {
  readonly faults: NonNullable<RunPlan['faults']>;
  readonly macs?: readonly string[];
  readonly steps?: readonly Step[];
  readonly seed?: string;
  readonly plan?: RunPlan;
}

/** Phones that boot one after the other in one world, from the demo tree with its image made small. */
async function boot({ faults, macs = ['001B4F123001'], steps = [], seed = 'faults', plan }: Run) {
  const run = await openWorld(
    plan ?? {
      time: 'virtual',
      seed,
      timings: 'field',
      quirks: defaultQuirks,
      server: { kind: 'embedded', store: demoStore(64 * 1024) },
      ports: {},
      faults,
    },
  );
  onTestFinished(() => run.close());
  const journal: JournalEntry[] = [];
  run.journal.listen((entry) => journal.push(entry));
  for (const mac of macs) {
    const phone = phoneMaker(run.world)({
      model: '1230',
      flash: memoryFlash(factoryFlash({ mac })),
      server: run.server,
      serverOwner: run.serverOwner,
      ports: run.ports,
      ca: [],
      tlsVerify: 'verify',
    });
    onTestFinished(() => phone.stop());
    const signal = new AbortController().signal;
    await followPhone(run, phone, { start: 'power-on', steps, timeoutMs: 36_000_000, signal });
  }
  return journal;
}

/** What became of the phone's requests for a file. */
function endsOf(journal: readonly JournalEntry[], file: string, mac = '001B4F123001'): readonly string[] {
  const ends: string[] = [];
  let request = 0;
  for (const { phone, event } of journal) {
    if (phone !== mac) continue;
    if (event.type === 'file.requested' && event.file.endsWith(file)) request = event.request;
    if (event.type === 'file.failed' && event.request === request) ends.push(event.code);
    if (event.type === 'file.received' && event.request === request) ends.push('whole');
  }
  return ends;
}

test('a phone meets the faults of the tree it boots from', async () => {
  const journal = await boot({ faults: [{ match: '*.bin', fault: 'truncate', afterBytes: 1_000 }] });
  expect(endsOf(journal, '.bin')).toEqual(['TRUNCATED']);
  expect(endsOf(journal, '.lng').every((end) => end === 'whole')).toBe(true);
  expect(journal.some(({ event }) => event.type === 'phone.restarted')).toBe(false);
});

test('counters go on from check to check', async () => {
  const journal = await boot({
    faults: [{ match: '1230SIP.cfg', fault: 'missing', times: 2 }],
    steps: ['reset', 'reset'],
  });
  expect(endsOf(journal, '1230SIP.cfg').slice(0, 3)).toEqual(['NOT_FOUND', 'NOT_FOUND', 'whole']);
});

test('each phone has counters of its own', async () => {
  const macs = ['001B4F123001', '001B4F123002'];
  const journal = await boot({ faults: [{ match: '*.bin', fault: 'missing', times: 1 }], macs });
  expect(macs.map((mac) => endsOf(journal, '.bin', mac))).toEqual([['NOT_FOUND'], ['NOT_FOUND']]);
});

test('the same seed tells the same facts, and another picks other phones', async () => {
  const macs = Array.from({ length: 8 }, (_, index) => `001B4F12300${index}`);
  const faults: Run['faults'] = [{ match: '1230SIP.cfg', fault: 'silence', share: '50%' }];
  const struck = (journal: readonly JournalEntry[]) =>
    macs.filter((mac) => endsOf(journal, '1230SIP.cfg', mac).includes('TIMEOUT'));
  const first = await boot({ faults, macs });
  expect(await boot({ faults, macs })).toEqual(first);
  expect(struck(first)).not.toEqual([]);
  expect(struck(await boot({ faults, macs, seed: 'another' }))).not.toEqual(struck(first));
});

describe('over sockets', () => {
  const plan: RunPlan = {
    time: 'jump',
    seed: '1',
    timings: 'none',
    quirks: defaultQuirks,
    server: { kind: 'embedded', store: demoStore(64 * 1024) },
    ports: {},
  };

  test('a phone meets the faults of the tree it boots from, in jump time', async () => {
    const faults: Run['faults'] = [
      { match: '*.bin', fault: 'missing' },
      { match: '1230SIP.cfg', fault: 'missing', times: 1 },
    ];
    const journal = await boot({ faults, steps: ['reset'], plan: { ...plan, faults } });
    expect(endsOf(journal, '1230SIP.cfg').slice(0, 2)).toEqual(['NOT_FOUND', 'whole']);
    expect(endsOf(journal, '.bin')).toEqual(['NOT_FOUND']);
  });

  test("faults need a tree of ours: nobody can spoil someone else's server", async () => {
    const faults: Run['faults'] = [{ match: '*', fault: 'missing' }];
    await expect(openWorld({ ...plan, server: { kind: 'none' }, faults })).rejects.toThrow(
      'faults go with the embedded tree only',
    );
  });

  test('a port cannot be closed for some files alone', async () => {
    const faults: Run['faults'] = [{ match: '*.bin', fault: 'refuse' }];
    await expect(openWorld({ ...plan, faults })).rejects.toThrow('rule 1 (refuse): match is "*.bin"; over');
  });
});
