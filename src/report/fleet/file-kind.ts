import type { PhoneState } from '../../display/phone-state.ts';
import type { Fact } from '../../events/phone-event.ts';
import { sectionNames } from '../../provisioning/words.ts';

/**
 * What a file is for: a section, or one of those that no section names: the provisioning file itself, a file
 * of the user who is logged in, and what the boot loader asks for after an interrupted write.
 */
export const fileKinds = ['provisioning-file', ...sectionNames, 'user-file', 'boot-file'] as const;
export type FileKind = (typeof fileKinds)[number];

/** `state`: where the phone stands that asks. */
export function fileKindOf({ section, userFile }: Fact<'file.requested'>, state: PhoneState): FileKind {
  if (section !== null) return section;
  if (userFile !== undefined) return 'user-file';
  return state === 'recovery' ? 'boot-file' : 'provisioning-file';
}
