import { expect, test } from 'vitest';
import type { FlashContents } from '../../src/device/flash-contents.ts';
import { benchPhone, type Tree } from '../phone/bench-phone.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

const settings: FlashContents['settings'] = {
  AUTO_UPDATE: { value: 'YES', from: 'file' },
  AUTO_UPDATE_TIME: { value: '10800', from: 'file' },
  DST_ENABLED: { value: 'NO', from: 'file' },
};

/** A phone whose poll is due now and asks. */
async function askingPhone(files: Tree) {
  const bench = benchPhone({ files, quirks: { stagger: 'none' }, flash: { settings, user: '1@a.b' } });
  await bench.follow('phone.resume');
  const asked = () => bench.factsOf('question.asked');
  await bench.clock.runWhile(() => asked().length === 0, 48 * HOUR_MS);
  return { bench, asked };
}

test('a server that fails after Yes ends the matter until the next poll', async () => {
  const { bench, asked } = await askingPhone({});
  bench.phone.send({ type: 'question.answer', answer: 'yes' });
  await bench.clock.runFor(12 * HOUR_MS);
  expect(bench.factsOf('update.finished').map(({ result }) => result)).toEqual(['no-provisioning-file']);
  expect(asked()).toHaveLength(1);
  await bench.clock.runFor(12 * HOUR_MS);
  expect(asked().map(({ round }) => round)).toEqual([1, 1]);
});

test('between two questions a check-sync starts the round anew', async () => {
  const { bench, asked } = await askingPhone({});
  bench.phone.send({ type: 'question.answer', answer: 'no' });
  await bench.clock.runFor(MINUTE_MS);
  bench.phone.send({ type: 'check-sync.accept', manner: 'dialogue' });
  expect(asked().map(({ question, round }) => [question, round])).toEqual([
    ['scheduled-update', 1],
    ['remote-update', 1],
  ]);
  bench.phone.send({ type: 'question.answer', answer: 'no' });
  await bench.clock.runFor(2 * MINUTE_MS);
  expect(asked()).toHaveLength(2);
  await bench.clock.runFor(MINUTE_MS);
  expect(asked().at(-1)).toMatchObject({ question: 'remote-update', round: 2 });
});
