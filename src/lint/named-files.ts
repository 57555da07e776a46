import { deviceCertificateName, userConfigName } from '../provisioning/file-name.ts';
import type { NamedFile, Section } from '../provisioning/section.ts';

/** The files of a section as the phone of that MAC asks for them, each with the line that names it. */
export function namedFilesOf(
  section: Section,
  mac: string,
): readonly (Pick<NamedFile, 'line'> & { path: string })[] {
  if (section.name === 'USER_CONFIG') return [{ path: userConfigName(mac), line: section.line }];
  return section.files.map(({ name, line }) => ({
    path: section.name === 'DEV_CERT' ? deviceCertificateName(name, mac) : name,
    line,
  }));
}
