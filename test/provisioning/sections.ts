import type { Section } from '../../src/provisioning/section.ts';

/** A section as it stands when nothing but its header was read; what a test spells out matters to it. */
export function section(given: Partial<Section> & Pick<Section, 'name'>): Section {
  return {
    line: 1,
    version: '',
    downloadMode: 'AUTO',
    files: [],
    prompt: false,
    deleteFiles: false,
    ...given,
  };
}

/** A [DEVICE_CONFIG] with a file. */
export function deviceConfig(given: Partial<Section> = {}): Section {
  return section({
    name: 'DEVICE_CONFIG',
    version: '000001',
    files: [{ name: 'device.cfg', line: 2 }],
    ...given,
  });
}

/** A [FW] whose VERSION and FILENAME name one load. */
export function firmware(load: string, given: Partial<Section> = {}): Section {
  return section({ name: 'FW', version: load, files: [{ name: `${load}.bin`, line: 2 }], ...given });
}
