import { mutation, proof, type RuleGroup } from './rule.ts';

const lines = proof('test/provisioning/text-lines.test.ts');
const provisioningFile = proof('test/provisioning/provisioning-file.test.ts');
const configuration = proof('test/provisioning/configuration.test.ts');
const configurationFile = proof('test/provisioning/configuration-file.test.ts');
const parameters = proof('test/provisioning/parameters.test.ts');
const check = proof('test/phone/check.test.ts');

const inSpans = mutation('src/provisioning/line-spans.ts');
const inLines = mutation('src/provisioning/text-lines.ts');
const inHeader = mutation('src/provisioning/section-header.ts');
const inConfiguration = mutation('src/provisioning/configuration.ts');

/** How text files are read. */
export const reading: RuleGroup = {
  title: 'Reading text files',
  rules: [
    {
      id: 'line-80-bytes',
      says: 'A line of more than 80 bytes, comments and blanks counted and the line end not, ends the reading of that file; one of 80 is still read.',
      provenBy: [
        lines('80 bytes are read', '81 bytes end the reading', 'a comment of 81 bytes ends it'),
        lines('trailing blanks beyond 80 bytes end it', '80 bytes before CRLF are read'),
      ],
      inverted: [
        inSpans('LINE_LENGTH_MAX_BYTES = 80', 'LINE_LENGTH_MAX_BYTES = 79', 'a line of 80 bytes is not read'),
        inSpans('LINE_LENGTH_MAX_BYTES = 80', 'LINE_LENGTH_MAX_BYTES = 81', 'a line of 81 bytes is read'),
      ],
    },
    {
      id: 'line-bytes-not-characters',
      says: 'The 80 are bytes, not characters.',
      provenBy: [lines('80 bytes of UTF-8 are read', 'characters count by their bytes')],
      inverted: inLines("bytes.byteLength).toString('latin1')", "bytes.byteLength).toString('utf8')"),
    },
    {
      id: 'line-cut-names-loss',
      says: 'What an over-long line cuts off is told: line, length, and every section or parameter that was lost.',
      provenBy: [
        provisioningFile('a line of 81 bytes > names the sections behind it'),
        configurationFile('a line of 81 bytes ends the reading and names what was lost'),
      ],
      inverted: inLines(
        '(cut === undefined ? lines : lost).push(line)',
        'cut === undefined && lines.push(line)',
      ),
    },
    {
      id: 'line-cut-counts-as-accepted',
      says: 'A configuration file cut off by an over-long line counts as accepted: what stood before is taken, and its version is stored.',
      provenBy: [proof('test/contract/reading.test.ts')('a device configuration with a line of 81 bytes')],
      inverted: inLines(
        'return cut === undefined ? { lines } : { lines, cut };',
        'return cut === undefined ? { lines } : { lines: [], cut };',
      ),
    },
    {
      id: 'line-ends',
      says: 'CR LF and LF end a line alike; tabs and trailing blanks are left out.',
      provenBy: [lines('CRLF ends a line', 'LF ends a line', 'blanks and tabs around a line are left out')],
      inverted: inLines("bytes.replace(/^[ \\t\\v\\f\\r]+|[ \\t\\v\\f\\r]+$/g, '')", 'bytes'),
    },
    {
      id: 'line-comment',
      says: '# begins a comment, and everything after it on the line is ignored.',
      provenBy: [lines('a comment ends a line', 'blank lines and comments count and are left out')],
      inverted: inSpans(
        'return hash === -1 ? bytes : bytes.slice(0, hash);',
        'return hash === 0 ? "" : bytes;',
      ),
    },
    {
      id: 'read-bom',
      says: 'A byte-order mark is skipped and told as an error: unproven.',
      quirk: 'readBom',
      provenBy: [lines('a byte-order mark is skipped and told as an error')],
      inverted: inLines('return read ? 3 : text.length;', 'return read ? 0 : text.length;'),
    },
    {
      id: 'read-lone-cr',
      says: 'A CR without LF ends a line, told as an error: unproven.',
      quirk: 'readLoneCr',
      provenBy: [lines('lone CRs are told once, as an error', 'a lone CR ends a line')],
      inverted: inSpans("quirks.readLoneCr === 'read'", "quirks.readLoneCr !== 'read'"),
    },
    {
      id: 'read-lower-case',
      says: 'Section names, keywords and parameter names in lower case are read, told as an error: unproven.',
      quirk: 'readLowerCase',
      provenBy: [
        provisioningFile('headers > lower case is read and told'),
        provisioningFile('a keyword in lower case is read and told, or skipped'),
        configuration('a name in lower case is read, and told as an error'),
      ],
      inverted: inHeader("if (lowerCase) told.tell('LOWER_CASE', at);", ''),
    },
    {
      id: 'read-other-spellings',
      says: '[IMAGE], [POLICY] and [USER_KERYS], each printed in one manual, are read as [IMAGES], [SEC_POLICY] and [USER_KEYS], told as an error: unproven.',
      quirk: 'readImage',
      provenBy: [
        provisioningFile(
          '[IMAGE] is read and told',
          '[POLICY] is read and told',
          '[USER_KERYS] is read and told',
        ),
      ],
      inverted: inHeader("if (other !== undefined) told.tell('SECTION_SPELLING', at);", ''),
    },
    {
      id: 'read-not-ascii',
      says: 'Bytes beyond ASCII are read as UTF-8, else as Windows-1252, line by line, and told as a warning, in comments as a note.',
      provenBy: [
        lines('UTF-8 is read and told as a warning', 'Windows-1252 is read and told as a warning'),
        lines('in comments they are told once, as a note'),
      ],
      inverted: mutation('src/provisioning/text-encoding.ts')(
        "utf8.includes('\\ufffd') ? fromWindows1252(bytes) : utf8",
        'utf8',
      ),
    },
    {
      id: 'value-keeps',
      says: 'A parameter keeps its value until another arrives; a line that is gone changes nothing.',
      provenBy: [
        proof('test/contract/reading.test.ts')('a line that is gone changes nothing'),
        check('a parameter keeps its value when its line is gone'),
      ],
      inverted: mutation('src/device/change-flash.ts')(
        'settings: { ...flash.settings, ...change.values }',
        'settings: { ...change.values }',
      ),
    },
    {
      id: 'value-bad',
      says: 'A bad value is told and keeps the value in force, the default if there is none.',
      provenBy: [
        configuration('a bad value is told and skipped', 'of a name given twice the last legal value counts'),
        parameters('the value in force > is the default when nothing is stored'),
      ],
      inverted: inConfiguration(
        'if (value !== undefined) taken.set(keptName(known.parameter, known.name), { ...found, value });',
        "taken.set(keptName(known.parameter, known.name), { ...found, value: value ?? '' });",
      ),
    },
    {
      id: 'value-unknown-name',
      says: 'A parameter name the phone does not know is told and skipped; the rest of the file is applied.',
      provenBy: [configuration('an unknown name is told with the one probably meant')],
      inverted: inConfiguration(
        "told.tell('UNKNOWN_PARAMETER', { line, message: unknownMessage(name) });",
        '',
      ),
    },
    {
      id: 'value-repeated',
      says: 'Of a parameter given twice in one file the last legal value counts.',
      provenBy: [configuration('of a name given twice the last counts')],
      inverted: inConfiguration(
        'if (value !== undefined) taken.set',
        'if (value !== undefined && !taken.has(found.name)) taken.set',
      ),
    },
    {
      id: 'value-table',
      says: 'Every parameter the manuals and the vendor model name is known by name, type, range and default.',
      provenBy: [parameters('a bad value > AUTO_UPDATE_TIME_RANGE', 'a legal value > AUTOLOGIN_ENABLE')],
      inverted: mutation('src/provisioning/parameter-table-provisioning.ts')(
        'integer(1, 6)',
        'integer(1, 7)',
      ),
    },
    {
      id: 'parsers-never-throw',
      says: 'No file of any bytes makes a parser throw; every problem has file, line and code.',
      provenBy: [
        provisioningFile(
          'for any file > bytes of any kind are parsed without exception',
          'a problem names file, line and section',
        ),
        configurationFile('for any file > bytes of any kind are parsed without exception'),
      ],
      inverted: mutation('src/provisioning/text-encoding.ts')(
        'const utf8 =',
        "if (bytes.length > 2) throw new Error('no text');\n  const utf8 =",
      ),
    },
    {
      id: 'no-section',
      says: 'A provisioning file without a section the phone knows is told, with a guess at what it is instead.',
      provenBy: [
        provisioningFile(
          'a file without any section > an HTML page',
          'a file without any section > an empty one',
        ),
      ],
      inverted: mutation('src/provisioning/provisioning-file.ts')(
        'if (sections.length === 0) told.tell',
        'if (sections.length > 0) told.tell',
      ),
    },
  ],
};
