import { namesIn, offersOf } from '../../src/recording/offers.ts';
import { phonesOf } from '../../src/recording/phones.ts';
import type { Reading } from '../../src/recording/reading.ts';
import { scenarioText } from '../../src/recording/recorded-scenario.ts';

/** The scenario of logs against a folder. */
export function recordedIn(readings: readonly Reading[], folder: string): string {
  const offers = offersOf(folder);
  const { phones } = phonesOf(
    readings.flatMap(({ sightings }) => sightings),
    namesIn(offers),
  );
  return scenarioText({ readings, phones, offers, server: { folder } });
}
