import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rooms } from '../tidy/law.ts';
import { pathOf, readDocument, rowsUnder, sectionUnder } from './markdown.ts';

const document = readDocument('ARCHITECTURE.md');
const walk = sectionUnder(document, '## The walk');

/** Without `src/`, as the walk names them: `clock/clock.ts`. */
const sources = readdirSync(pathOf('src'), { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  // The public doors stand in no room.
  .filter((file) => file.endsWith('.ts') && file.includes('/'))
  .sort();

const roomsBuilt = new Set(sources.map((file) => file.split('/')[0]));
const named = filesIn(walk);

function filesIn(text: string): string[] {
  return [...text.matchAll(/`([a-z-]+\/[^`*]+\.ts)`/g)]
    .map(([, file = '']) => file)
    .filter((file) => roomsBuilt.has(file.split('/')[0]));
}

test('the walk names every file of src/', () => {
  const missing = sources.filter((file) => !named.includes(file));
  expect(missing.map((file) => `${file}: perhaps under "${stationOf(file)}"`)).toEqual([]);
});

test('the walk names no file twice, and none that is not there', () => {
  expect(named.filter((file, index) => named.indexOf(file) !== index)).toEqual([]);
  expect(named.filter((file) => !sources.includes(file))).toEqual([]);
});

/** The station with the most files whose names begin as this one's does, else with the most of its room. */
function stationOf(file: string): string {
  const stations = walk.split(/^### /m).slice(1);
  const [kin = '', room = ''] = [/^[^/]+\/[a-z]+/.exec(file)?.[0], file.split('/')[0]];
  for (const start of [kin, `${room}/`]) {
    const counts = stations.map((station) => filesIn(station).filter((one) => one.startsWith(start)).length);
    const most = Math.max(...counts);
    if (most > 0) return stations[counts.indexOf(most)]?.split('\n')[0] ?? '';
  }
  return 'a new station';
}

test('the table of rooms is that of the tidy test', () => {
  const told = rowsUnder(document, '## Rooms').map(([floor, room = '', , may]) => [
    Number(floor),
    room.replaceAll('`', ''),
    may,
  ]);
  const law = Object.entries(rooms)
    .filter(([name]) => !name.endsWith('.ts'))
    .map(([name, { floor, mayImport }]) => [floor, name, arrowsOf(floor, mayImport)]);
  expect(told).toEqual(law);
});

/** The rooms, or, where that is shorter, all below but some. */
function arrowsOf(floor: number, mayImport: readonly string[]): string {
  const below = Object.entries(rooms).filter(([, room]) => room.floor < floor);
  const but = below.map(([name]) => name).filter((name) => !mayImport.includes(name));
  if (mayImport.length === 0) return '-';
  if (but.length === 0) return 'all below';
  return but.length < mayImport.length / 2 ? `all below but ${but.join(', ')}` : mayImport.join(', ');
}

test('a room that is not built is said to be so', () => {
  const wrong = rowsUnder(document, '## Rooms').filter(
    ([, room = '', holds = '']) =>
      holds.startsWith('not built yet') === roomsBuilt.has(room.replaceAll('`', '')),
  );
  expect(wrong).toEqual([]);
});
