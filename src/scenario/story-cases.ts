import { settingNamed } from '../provisioning/device-settings.ts';
import { nearestName } from '../provisioning/nearest-name.ts';
import { failureCodes } from '../report/look-at.ts';
import type { Complaints } from './complaints.ts';
import type { Expectation } from './expectation.schema.ts';
import { settingsOf, unknownParameter } from './phone-cases.ts';
import type { ExpectationCase, PhoneCase, ScenarioCase, StepCase } from './scenario-case.ts';
import { layersOf, rulesOf } from './server-case.ts';
import type { Path } from './source-node.ts';
import type { Step, StepAlone, StepWord } from './step.schema.ts';
import { instantIn } from './zone.ts';

/** What steps and expectations depend on beside themselves. */
export interface StorySurroundings {
  readonly phones: readonly PhoneCase[];
  readonly time: ScenarioCase['time'];
  readonly server: ScenarioCase['server'];
  readonly zoneMinutes: number;
  readonly complaints: Complaints;
}

/** What is done when a scenario has no steps. */
const usualSteps: readonly Step[] = [{ 'power.on': null }, { wait: 'rest' }];

/** The steps of a case, each with the phones it concerns; what cannot be is told. */
export function stepCases(
  steps: readonly (StepAlone | Step)[] | undefined,
  surroundings: StorySurroundings,
): readonly StepCase[] {
  const told = steps ?? usualSteps;
  return told.map((step, index) =>
    stepCase(typeof step === 'string' ? { [step]: null } : step, ['steps', index], surroundings),
  );
}

function stepCase(step: Step, path: Path, surroundings: StorySurroundings): StepCase {
  const { complaints } = surroundings;
  const { phone, limit, ...words } = step;
  const [[word, value] = ['power.on', null]] = Object.entries(words) as [StepWord, unknown][];
  const at = [...path, word];
  // Which word goes with which value is what the schema has checked.
  return {
    word,
    value: stepValue(word, step, at, surroundings) ?? value,
    phones: phonesNamed(phone, [...path, 'phone'], surroundings),
    ...(limit !== undefined && { limitMs: limit }),
    place: complaints.place(path),
  } as StepCase;
}

/** What has to be worked out of a step's value; undefined: it stays as it is. */
function stepValue(word: string, step: Step, path: Path, surroundings: StorySurroundings): unknown {
  const { complaints, time, server, zoneMinutes } = surroundings;
  if (server.kind !== 'embedded' && serverWords.some((known) => known === word)) {
    complaints.tell(
      path,
      `${word} goes with server files only: nobody else's server can be changed from here`,
    );
  }
  if (step.publish !== undefined) return layersOf(step.publish, path, complaints);
  if (step.break !== undefined) {
    if (step.break === 'down') return 'down';
    return Array.isArray(step.break)
      ? rulesOf(step.break, path, { time, complaints })
      : rulesOf([step.break], path, { time, complaints });
  }
  if (step.set !== undefined) return Object.fromEntries(settingsOf(step.set, path, complaints));
  if (step.until !== undefined) return instantIn(step.until, zoneMinutes);
  if (step['clock.set'] !== undefined) return instantIn(step['clock.set'], zoneMinutes);
  if (step.expect !== undefined) return expectationCases(step.expect, path, surroundings);
  return undefined;
}

const serverWords: readonly StepWord[] = ['publish', 'remove', 'break', 'mend'];

/** Each word of each expectation, with the phones it is about; what cannot be is told. */
export function expectationCases(
  list: readonly Expectation[],
  path: Path,
  surroundings: StorySurroundings,
): readonly ExpectationCase[] {
  const { complaints } = surroundings;
  return list.flatMap(({ phone, ...words }, index) => {
    const phones = phonesNamed(phone, [...path, index, 'phone'], surroundings);
    return Object.entries(words)
      .filter(([, value]) => value !== undefined)
      .map(([word, value]) => {
        const at = [...path, index, word];
        // As above: the schema has checked which value goes with which word.
        const expectation = {
          word,
          value,
          phones,
          place: complaints.keyPlace(at),
          path: at,
        } as ExpectationCase;
        complainAbout(expectation, complaints);
        return expectation;
      })
      .toSorted(byPlace);
  });
}

/** As they stand in the file: the schema gives them back in its own order. */
function byPlace({ place: a }: ExpectationCase, { place: b }: ExpectationCase): number {
  return a.line - b.line || a.column - b.column;
}

function complainAbout(expectation: ExpectationCase, complaints: Complaints): void {
  const { path } = expectation;
  switch (expectation.word) {
    case 'settings':
      for (const name of Object.keys(expectation.value)) {
        if (settingNamed(name) === undefined) unknownParameter(name, [...path, name], complaints);
      }
      return;
    case 'failures':
      for (const [index, code] of expectation.value.entries()) assertCode(code, [...path, index], complaints);
      return;
    case 'problems':
    case 'problems.absent':
      for (const [index, { code }] of expectation.value.entries()) {
        if (code !== undefined) assertCode(code, [...path, index], complaints);
      }
  }
}

function assertCode(code: string, path: Path, complaints: Complaints): void {
  if (failureCodes.includes(code) || code.includes('*')) return;
  const meant = nearestName(code, failureCodes);
  const hint = meant === undefined ? 'deskphone schema problems lists them' : `did you mean ${meant}?`;
  complaints.tell(path, `"${code}" is no code; ${hint}`);
}

function phonesNamed(
  named: string | readonly string[] | undefined,
  path: Path,
  { phones, complaints }: StorySurroundings,
): readonly number[] {
  if (named === undefined) return [...phones.keys()];
  const names = phones.map(({ name }) => name);
  return [named].flat().flatMap((name) => {
    const index = names.indexOf(name);
    if (index >= 0) return [index];
    const meant = nearestName(name, names);
    const hint = meant === undefined ? `expected ${names.join(', ')}` : `did you mean ${meant}?`;
    complaints.tell(path, `no phone is called "${name}"; ${hint}`);
    return [];
  });
}
