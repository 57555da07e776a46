import { storedNameOf } from '../device/received-file.ts';
import type { SectionName } from '../provisioning/words.ts';
import type { Offered } from './judge-settings.ts';
import type { Plan } from './shelf.ts';

/** What any of the provisioning files offers. */
export function offeredBy(plans: readonly Plan[]): Offered {
  const sections = plans.flatMap((plan) => plan.sections);
  const namesIn = (wanted: SectionName) =>
    sections
      .filter(({ name }) => name === wanted)
      .flatMap(({ files }) => files.map((file) => storedNameOf(file.name)));
  return {
    languages: namesIn('LANGUAGE'),
    images: namesIn('IMAGES'),
    banner: sections.some(({ name }) => name === 'LOGIN_BANNER'),
  };
}
