import { mutation, proof, type RuleGroup } from './rule.ts';

const decision = proof('test/provisioning/decision.test.ts');
const version = proof('test/provisioning/version.test.ts');
const load = proof('test/provisioning/load.test.ts');
const provisioningFile = proof('test/provisioning/provisioning-file.test.ts');
const check = proof('test/phone/check.test.ts');
const firmware = proof('test/device/verify-firmware.test.ts');

const inDecision = mutation('src/provisioning/decision.ts');
const inVersion = mutation('src/provisioning/version.ts');
const inLoad = mutation('src/provisioning/load.ts');
const inDraft = mutation('src/provisioning/section-draft.ts');
const inKeywords = mutation('src/provisioning/section-keywords.ts');
const inFirmware = mutation('src/device/verify-firmware.ts');

/** Which section's files are fetched. */
export const due: RuleGroup = {
  title: 'What is due',
  rules: [
    {
      id: 'due-forced',
      says: 'Under FORCED the files of a section are fetched whatever version is stored, a higher one too.',
      provenBy: [
        decision('FORCED fetches an equal version', 'FORCED downgrades'),
        check('FORCED stores a lower version'),
      ],
      inverted: inDecision(
        "  if (section.downloadMode === 'FORCED') return download('forced');\n  if (stored",
        '  if (stored',
        'FORCED is ignored',
      ),
    },
    {
      id: 'due-not-stored',
      says: 'Under AUTO the files of a section are fetched when none of its downloads was ever completed.',
      provenBy: [
        decision(
          'AUTO fetches what was never completed',
          'AUTO without VERSION fetches what was never completed',
        ),
        check('AUTO takes what was never completed, and stores VERSION'),
      ],
      inverted: inDecision(
        "if (stored === undefined) return download('not-stored')",
        "if (stored === undefined) return skip('not-newer')",
      ),
    },
    {
      id: 'due-empty-version-stored',
      says: 'A download that was completed with an empty VERSION was completed: AUTO does not repeat it without a VERSION.',
      provenBy: [decision('an empty VERSION is not newer than a completed empty one')],
      inverted: inDecision(
        'if (stored === undefined) return download',
        "if (stored === undefined || stored === '') return download",
      ),
    },
    {
      id: 'due-newer',
      says: 'Under AUTO the files of a section are fetched when VERSION is higher than the stored one, and not when it is equal or lower.',
      provenBy: [
        decision('AUTO fetches a higher version', 'AUTO leaves an equal version', 'AUTO never downgrades'),
        check('AUTO leaves the same version alone'),
      ],
      inverted: inDecision(
        'section.version, stored) > 0',
        'section.version, stored) >= 0',
        'AUTO takes an equal version',
      ),
    },
    {
      id: 'due-version-is-a-number',
      says: 'VERSIONs compare as numbers, however many digits they have; leading zeros do not matter.',
      provenBy: [version('leading zeros do not matter', 'digits compare whatever their count')],
      inverted: inVersion("return version.replace(/^0+(?=[0-9])/, '')", 'return version'),
    },
    {
      id: 'due-version-digits-told',
      says: 'A VERSION of fewer than 6 or more than 10 digits is told, and compares all the same.',
      provenBy: [
        provisioningFile(
          'VERSION outside [FW] > is told when it has 5',
          'VERSION outside [FW] > is told when it has 11',
        ),
      ],
      inverted: inDraft(
        'version.length < VERSION_DIGITS_MIN || version.length > VERSION_DIGITS_MAX',
        'false',
      ),
    },
    {
      id: 'due-version-missing',
      says: 'A VERSION that is missing, empty or no number is told and counts as the lowest: FORCED still downloads, AUTO only what was never completed.',
      provenBy: [
        decision('AUTO without VERSION is not newer than anything', 'FORCED needs no VERSION'),
        decision('a VERSION that is no number is lowest'),
        version('what is no number is lowest'),
      ],
      inverted: inVersion("if (!isVersionNumber(version)) return '';", ''),
    },
    {
      id: 'due-firmware-running',
      says: '[FW] under AUTO is due only when VERSION names a higher load than the one that runs, whatever version is stored.',
      quirk: 'fwBaseline',
      provenBy: [
        decision(
          'AUTO leaves the running load although nothing is stored',
          'AUTO compares with the running load, not the stored version',
        ),
      ],
      inverted: inDecision("quirks.fwBaseline === 'running'", "quirks.fwBaseline !== 'running'"),
    },
    {
      id: 'due-firmware-groups',
      says: 'Loads compare by their four groups, as numbers, from left to right.',
      provenBy: [
        decision('AUTO compares groups as numbers'),
        load('orders loads by the third, as numbers', 'orders loads by the earlier group first'),
      ],
      inverted: inLoad('if (difference !== 0) return difference;', ''),
    },
    {
      id: 'due-firmware-bin',
      says: 'A trailing .bin of [FW] VERSION is ignored and told.',
      provenBy: [decision('AUTO ignores .bin behind VERSION'), provisioningFile('loses .bin, told')],
      inverted: inDraft('draft.version = bare;', ''),
    },
    {
      id: 'due-firmware-form',
      says: 'A [FW] VERSION in any other form than SIP12x0NN.NN.NN.NN is told and is not higher.',
      provenBy: [
        decision('AUTO takes digits for not higher', 'AUTO takes a VERSION with a folder for not higher'),
        decision('AUTO without VERSION is not higher'),
      ],
      inverted: inDecision(
        'offered === undefined || !isOwnFamily(offered)) return false',
        'offered === undefined || !isOwnFamily(offered)) return true',
      ),
    },
    {
      id: 'due-firmware-forced-downgrades',
      says: 'FORCED fetches an image whatever runs: an older load, the same, or one that VERSION does not name.',
      provenBy: [
        decision('[FW] > FORCED downgrades', 'FORCED takes digits', 'FORCED fetches the running load'),
      ],
      inverted: inDecision(
        "  if (section.downloadMode === 'FORCED') return download('forced');\n  // Documented",
        '  // Documented',
      ),
    },
    {
      id: 'load-of-an-image',
      says: 'The load an image is: the name our own tool wrote into it, else the one in FILENAME, else VERSION. With none of them it is refused.',
      provenBy: [
        firmware('the load is that of the image', 'when nothing names its load'),
        check('a FORCED image whose name says nothing is fetched again after its restart, and is identical'),
      ],
      inverted: inFirmware(
        "parseLoad(readImageLoad(file.head) ?? '') ?? parseLoad(file.name)",
        'parseLoad(file.name)',
      ),
    },
    {
      id: 'load-of-another-family',
      says: 'An image of another family (SIP1120e, SIP1140e, SIP1165e) is refused before it is asked for.',
      provenBy: [
        decision('another family is refused under AUTO', 'another family is refused under FORCED'),
        check('an image for another family of phones is refused before any request'),
      ],
      inverted: inDecision("return skip('wrong-hardware');", "return download('newer');"),
    },
    {
      id: 'firmware-identical',
      says: 'A FORCED image that is the running load is fetched whole, neither written nor followed by a restart; VERSION is stored and the check goes on.',
      quirk: 'fwIdentical',
      provenBy: [check('FORCED with the load that runs: fetched, identical, version stored, no reboot')],
      inverted: mutation('src/phone/keep.ts')(
        'verdict.load !== unit.setup.flash.read().software',
        'true',
        'an identical image is written again',
      ),
    },
    {
      id: 'filename-repeated',
      says: 'FILENAME may be repeated in LANGUAGE, TONES and IMAGES; elsewhere the first counts and the others are told.',
      provenBy: [
        provisioningFile('a section > takes the first FILENAME', '[IMAGES] takes several files'),
        provisioningFile('[LANGUAGE] takes several files', '[TONES] takes several files'),
      ],
      inverted: inKeywords(
        'first !== undefined && !takesSeveralFiles.has(draft.name)',
        'first !== undefined && takesSeveralFiles.has(draft.name)',
      ),
    },
    {
      id: 'filename-missing',
      says: 'A section without FILENAME is skipped and told; USER_CONFIG needs none.',
      provenBy: [
        decision('outside [FW] > without FILENAME nothing is fetched', 'USER_CONFIG needs no FILENAME'),
        provisioningFile('without FILENAME is kept without files, and told'),
        check('a section without FILENAME is skipped'),
      ],
      inverted: inDecision(
        "section.name !== 'USER_CONFIG' && section.files.length === 0",
        "section.name === 'USER_CONFIG' && section.files.length === 0",
      ),
    },
    {
      id: 'filename-climbs-out',
      says: 'A name that leads out of the tree (.., an absolute path, a drive letter, NUL) is refused before any request; folders below are fine.',
      provenBy: [
        proof('test/provisioning/file-name.test.ts')(
          'refuses a name with two dots',
          'refuses a name with a slash first',
          'refuses a name with a drive letter',
          'refuses a name with NUL',
          'asks for a name with a sub-folder as it stands',
        ),
        check('a name that climbs out is refused before any request'),
      ],
      inverted: mutation('src/provisioning/file-name.ts')(
        "name.split('/').includes('..')",
        "name === '..'",
        'a path may climb out of the tree',
      ),
    },
    {
      id: 'section-repeated',
      says: 'A repeated section is taken in its turn, against the version that the one before it has stored, and told.',
      provenBy: [
        provisioningFile('a section > that is repeated stands twice, in order, and is told'),
        check('a repeated section is taken against the version the first has stored'),
      ],
      inverted: mutation('src/provisioning/section-reader.ts')(
        'this.#drafts.push(draft);',
        'if (earlier === undefined) this.#drafts.push(draft);',
      ),
    },
    {
      id: 'keyword-repeated',
      says: 'Of a repeated keyword other than FILENAME the last counts, told.',
      provenBy: [provisioningFile('takes the last of a repeated keyword', 'takes the last VERSION')],
      inverted: inKeywords(
        'draft.lines.set(keyword, line);',
        'if (earlier !== undefined) return;\n  draft.lines.set(keyword, line);',
      ),
    },
    {
      id: 'keyword-outside',
      says: 'Lines before any section are skipped and told.',
      provenBy: [provisioningFile('lines before any section are skipped and told')],
      inverted: mutation('src/provisioning/section-reader.ts')(
        'this.#outside.add(line.number);',
        'void line;',
      ),
    },
    {
      id: 'section-unknown',
      says: 'A section the phone does not know is skipped with its lines, told, with the name that was probably meant.',
      provenBy: [
        provisioningFile('an unknown section is skipped with its lines', 'a misspelt one names the nearest'),
      ],
      inverted: mutation('src/provisioning/section-reader.ts')(
        "if (name === undefined) return 'skipped';",
        "if (name === undefined) return 'before-any' as never;",
      ),
    },
    {
      id: 'keyword-unknown',
      says: 'A keyword the phone does not know is skipped and told.',
      provenBy: [
        provisioningFile('skips an unknown keyword', 'skips a misspelt keyword and names the nearest'),
      ],
      inverted: mutation('src/provisioning/section-reader.ts')(
        "draft.tell('UNKNOWN_KEYWORD', line, ",
        'void (',
      ),
    },
  ],
};
