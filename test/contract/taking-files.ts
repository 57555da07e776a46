import { mutation, proof, type RuleGroup } from './rule.ts';

const checks = proof('test/phone/check.test.ts');
const boot = proof('test/phone/boot.test.ts');
const own = proof('test/contract/check.test.ts');

const inTurn = mutation('src/phone/check-turn.ts');
const inSectionTurn = mutation('src/phone/section-turn.ts');
const inSections = mutation('src/phone/take-sections.ts');
const inKeep = mutation('src/phone/keep.ts');

/** What becomes of the files of a section. */
export const takingFiles: RuleGroup = {
  title: 'Taking files',
  rules: [
    {
      id: 'delete-files-first',
      says: "DELETE_FILES YES in LANGUAGE or TONES erases the stored files of the section's own kind and its version before the fetch.",
      quirk: 'deleteFiles',
      provenBy: [
        checks('DELETE_FILES erases its own kind; with quirk deleteFiles=both languages and tones'),
        checks('a sixth language is refused, and the version stored all the same'),
        checks('DELETE_FILES YES makes room for a sixth'),
      ],
      inverted: [
        inSectionTurn(
          'if (!section.deleteFiles ||',
          'if (section.deleteFiles ||',
          'DELETE_FILES YES deletes nothing, and NO does',
        ),
        inSectionTurn(
          '!section.deleteFiles || (section',
          '(section',
          'files are deleted without DELETE_FILES',
        ),
        inSectionTurn(
          ': [section.name];',
          ": [section.name === 'TONES' ? 'LANGUAGE' : 'TONES'];",
          'DELETE_FILES deletes those of the other kind',
        ),
      ],
    },
    {
      id: 'delete-files-stays',
      says: 'What was erased is erased, also when the fetch then fails; a fact says what is gone.',
      provenBy: [
        checks('what DELETE_FILES erased stays erased when the new file is missing'),
        own('what DELETE_FILES erases is told'),
      ],
      inverted: inSectionTurn("[{ change: 'version-erased' as const, section: kind }]", '[]'),
    },
    {
      id: 'delete-files-elsewhere',
      says: 'DELETE_FILES in another section does nothing, told.',
      provenBy: [
        proof('test/provisioning/provisioning-file.test.ts')('deletes nothing that is no language or tone'),
      ],
      inverted: mutation('src/provisioning/section-keywords.ts')(
        "if (draft.name === 'LANGUAGE' || draft.name === 'TONES') draft.deleteFiles = wanted;",
        'if (wanted) draft.deleteFiles = wanted;',
      ),
    },
    {
      id: 'fetch-failed',
      says: 'A file that does not arrive is told, the old one stays, and the next file is fetched.',
      quirk: 'afterFailedFetch',
      provenBy: [
        checks('after a failed file the next section goes on'),
        checks('a file that did not arrive is told with the line that names it'),
      ],
      inverted: inSections("quirks.afterFailedFetch === 'next'", "quirks.afterFailedFetch === 'end'"),
    },
    {
      id: 'fetch-dead-server',
      says: 'A server that did not answer is tried again for each file.',
      quirk: 'deadServer',
      provenBy: [checks('with quirk deadServer=skip a server that did not answer is asked once')],
      inverted: mutation('src/phone/obstacle.ts')(
        "quirks.deadServer !== 'skip'",
        "quirks.deadServer === 'skip'",
      ),
    },
    {
      id: 'file-refused',
      says: 'A file that is refused is told, the old one stays, and the next file is fetched.',
      provenBy: [own('a refused file leaves the old one, and the next is fetched')],
      inverted: inKeep(
        "return verdict.verdict === 'refused' ? refuse(order, verdict) : keepAccepted(order, verdict);",
        "return keepAccepted(order, verdict.verdict === 'refused' ? { verdict: 'accepted', problems: [] } : verdict);",
      ),
    },
    {
      id: 'version-stored',
      says: 'When every file of a section was accepted its VERSION is stored, also a lower one under FORCED.',
      provenBy: [
        checks('AUTO takes what was never completed, and stores VERSION', 'FORCED stores a lower version'),
      ],
      inverted: [
        inSectionTurn(
          'if (!isLastFile(progress) || progress.incomplete) return [];',
          'if (isLastFile(progress) || progress.incomplete) return [];',
        ),
        inSectionTurn(
          "return [{ change: 'version', section: versionKeyOf(section.name), version: section.version }];",
          `const key = versionKeyOf(section.name);
          const stored = progress.unit.setup.flash.read().versions[key] ?? '';
          if (compareVersions(section.version, stored) < 0) return [];
          return [{ change: 'version', section: key, version: section.version }];`,
          'a FORCED downgrade keeps the stored version',
        ),
      ],
    },
    {
      id: 'version-not-stored',
      says: 'When one of its files is lost the version stays as it was, so that the section is tried again.',
      provenBy: [
        checks('one of two files missing: the other is stored, the version is not'),
        checks('the first of two files missing: the version is not stored either'),
      ],
      inverted: inTurn(
        'sectionError: progress.sectionError ?? error, incomplete: true };',
        'sectionError: progress.sectionError ?? error };',
        'the version of a failed file is stored',
      ),
    },
    {
      id: 'version-stored-though-full',
      says: 'A file that is refused because five are stored does not keep the version from being stored.',
      quirk: 'fullStoresVersion',
      provenBy: [checks('a sixth language is refused, and the version stored all the same')],
      inverted: inKeep(
        "unit.world.quirks.fullStoresVersion === 'yes'",
        "unit.world.quirks.fullStoresVersion === 'no'",
      ),
    },
    {
      id: 'firmware-written',
      says: 'An accepted image is written; in one write to flash it is whole, it runs, and its version is stored. The phone restarts at once.',
      provenBy: [
        boot('a factory phone upgrades, restarts once, takes the rest and logs in'),
        own('the image, the running load and the stored version change in one write'),
      ],
      inverted: [
        mutation('src/phone/check-orders.ts')("{ change: 'software', software: progress.load },", ''),
        inSections(
          'commit(progress.unit, markImageOrder)',
          'commit(progress.unit, [...markImageOrder, ...completionOf(progress)])',
          'the version is stored before the image is written',
        ),
      ],
    },
    {
      id: 'firmware-ends-the-check',
      says: 'What stands behind a new image waits for the check after the restart.',
      provenBy: [own('what stands behind a new image is asked for after the restart')],
      inverted: inSections(
        "return over(progress, { result: 'reboot', restart: 'firmware' });",
        "return over(progress, { result: 'done', restart: 'none' });",
      ),
    },
  ],
};
