import { mutation, proof, type RuleGroup } from './rule.ts';

const fileName = proof('test/provisioning/file-name.test.ts');
const load = proof('test/provisioning/load.test.ts');
const decision = proof('test/provisioning/decision.test.ts');
const check = proof('test/phone/check.test.ts');
const httpHead = proof('test/transport/http-head.test.ts');
const deviceSettings = proof('test/phone/device-settings.test.ts');
const own = proof('test/contract/phone.test.ts');

const inCapacity = mutation('src/device/capacity.ts');
const inFileName = mutation('src/provisioning/file-name.ts');
const inLoad = mutation('src/provisioning/load.ts');
const inOrders = mutation('src/phone/check-orders.ts');
const inIdentity = mutation('src/device/wire-identity.ts');
const inSettings = mutation('src/device/settings.ts');

/** The phone: its models, flash, software, and how it shows itself. */
export const phone: RuleGroup = {
  title: 'The phone',
  rules: [
    {
      id: 'phone-one-image',
      says: 'The 1210, 1220 and 1230 share one SIP image, SIP12x0NN.NN.NN.NN.',
      provenBy: [load('only SIP12x0 loads are for these phones')],
      inverted: inLoad("const OWN_FAMILY = 'SIP12x0'", "const OWN_FAMILY = 'SIP1230'"),
    },
    {
      id: 'phone-names',
      says: 'It asks, case-exact, for 1230SIP.cfg (its model), and for SIP<MAC>.cfg with the MAC as 12 upper-case hex digits.',
      provenBy: [fileName('the names a phone asks for by itself')],
      inverted: inFileName(
        'userConfigName(mac: string): string {',
        'userConfigName(given: string): string {\n  const mac = given.toLowerCase();',
        'the MAC is asked for in lower case',
      ),
    },
    {
      id: 'phone-default',
      says: 'Unless told otherwise it is a 1230 with MAC 00:1B:4F:12:30:01 that runs SIP12x004.01.13.00.',
      provenBy: [own('a phone of which nothing was said')],
      inverted: mutation('src/device/flash-contents.ts')("'001B4F123001'", "'001B4F123002'"),
    },
    {
      id: 'flash-survives',
      says: 'What flash holds survives loss of power, and the process when it is kept in a directory.',
      provenBy: [proof('test/flash/directory-flash.test.ts')('any flash outlives the process that wrote it')],
      inverted: mutation('src/flash/directory-flash.ts')(
        'if (bytes === undefined) return factoryFlash',
        'if (bytes !== undefined) return factoryFlash',
      ),
    },
    {
      id: 'flash-atomic',
      says: 'A write to flash is one step: whoever cuts the power, at whatever moment, leaves the old or the new state, whole.',
      provenBy: [
        proof('test/flash/crash-points.test.ts')(
          'whenever the power is cut, the next start finds the old or the new state, whole',
        ),
      ],
      inverted: mutation('src/flash/durable-file.ts')(
        "const descriptor = openSync(temporary, 'w');",
        "const descriptor = openSync(path, 'w');\n    writeFileSync(temporary, content);",
      ),
    },
    {
      id: 'flash-kinds-of-nothing',
      says: 'A section that was never completed and one that was completed with an empty VERSION are two things.',
      provenBy: [
        proof('test/flash/flash-file.test.ts')('an empty version was completed, a missing one was not'),
        decision('a VERSION is newer than a completed empty one'),
      ],
      inverted: mutation('src/provisioning/decision.ts')(
        'return compareVersions(section.version, stored) > 0',
        "return compareVersions(section.version, stored === '' ? '999999' : stored) > 0",
      ),
    },
    {
      id: 'flash-five-files',
      says: 'At most five languages and five tones are stored; a sixth is refused, one of a stored name replaces it and does not count.',
      provenBy: [
        check('a sixth language is refused, and the version stored all the same'),
        check('a language of a stored name replaces it and is no sixth'),
      ],
      inverted: inCapacity(
        'export const FILES_MAX = 5;',
        'export const FILES_MAX = 6;',
        'a sixth language is kept',
      ),
    },
    {
      id: 'flash-custom-data',
      says: 'A file that would bring custom data beyond 512,000 bytes is refused and told, and nothing stored is lost.',
      quirk: 'customDataMax',
      provenBy: [
        check('custom data beyond what flash holds is refused, and nothing stored is lost'),
        own('custom data of exactly'),
      ],
      inverted: inCapacity('if (usedBytes > customDataMax) {', 'if (usedBytes > customDataMax + 1) {'),
    },
    {
      id: 'flash-nearly-full',
      says: 'From 90 % of that on a warning is told.',
      provenBy: [own('from 90 % on')],
      inverted: inCapacity('NEARLY_FULL_SHARE = 0.9', 'NEARLY_FULL_SHARE = 0.95'),
    },
    {
      id: 'unistim-asks',
      says: 'Running UNIStim it asks for 1230.cfg (its model) by TFTP, whatever the address says.',
      provenBy: [check('a UNIStim phone is converted by an image whose name says nothing')],
      inverted: inOrders(
        '{ file: unistimProvisioningFileName(model), source: byTftp }',
        '{ file: unistimProvisioningFileName(model), source: sourceOfProvisioningFile(server, ports) }',
      ),
    },
    {
      id: 'unistim-takes-any-image',
      says: 'Running UNIStim it takes any SIP12x0 image, under AUTO and FORCED, and runs SIP after the restart.',
      provenBy: [
        decision(
          'a UNIStim phone takes any SIP12x0 image under AUTO',
          'a UNIStim phone takes it under FORCED',
        ),
        check('a UNIStim phone is converted by an image whose name says nothing'),
      ],
      inverted: mutation('src/provisioning/decision.ts')(
        "if (softwareOf(flash.running) === 'UNIStim') return download('newer');",
        '',
      ),
    },
    {
      id: 'unistim-too-old',
      says: 'UNIStim below 062AC5L refuses the conversion with its reason; letters compare as text.',
      provenBy: [
        load('UNIStim > 062AC5L and later convert, letters compared as text'),
        check('UNIStim below 062AC5L refuses the conversion with its reason'),
      ],
      inverted: inLoad('unistimLoad >= UNISTIM_LOAD_MIN', 'unistimLoad > UNISTIM_LOAD_MIN'),
    },
    {
      id: 'precedence-manual',
      says: 'A value set by hand wins over every file, and the file that brings another is told of it.',
      provenBy: [check('a manual value is sticky: the file does not change it, and says so')],
      inverted: inSettings("stored?.from === 'manual'", "stored?.from === 'file'"),
    },
    {
      id: 'precedence-all-aut',
      says: 'A value set by hand stays until AllAut or a factory reset; after AllAut a file may change it.',
      provenBy: [own('AllAut gives a value set by hand back to the file')],
      inverted: mutation('src/phone/user-flash.ts')(
        "[name, { value, from: 'file' }]",
        "[name, { value, from: 'manual' }]",
      ),
    },
    {
      id: 'device-settings-server',
      says: 'A server typed in Device Settings wins over option 66 and, after AllAut, yields to it; that of the command line wins over all.',
      provenBy: [
        deviceSettings(
          'the server of the command line wins over the typed one',
          'the typed one wins over option 66',
          'option 66 wins over one that AllAut made automatic',
        ),
      ],
      inverted: mutation('src/phone/server-by-hand.ts')('(setup.server ?? typed)', '(typed ?? setup.server)'),
    },
    {
      id: 'device-settings-fields',
      says: 'An address typed without protocol goes with the Protocol, Device ID and Password of Device Settings.',
      provenBy: [
        deviceSettings('a phone without a server is given one by its keys, and uses it after the restart'),
      ],
      inverted: mutation('src/provisioning/device-settings.ts')(
        "...(id !== '' && { user: id })",
        "...(id === '' && { user: id })",
      ),
    },
    {
      id: 'device-settings-apply',
      says: 'Apply&Reset keeps what was filled in and restarts the phone; Cancel forgets it.',
      provenBy: [
        deviceSettings(
          'a phone without a server is given one by its keys, and uses it after the restart',
          'Cancel forgets what was filled in',
        ),
      ],
      inverted: mutation('src/display/screen.ts')(
        'isInDeviceSettings(menu) ? screen.entered : {}',
        'isInDeviceSettings(menu) ? {} : screen.entered',
      ),
    },
    {
      id: 'user-agent',
      says: 'It names itself AVAYA/SIP12x0/ and its load, as 04.01.13.00.',
      provenBy: [own('the User-Agent of SIP12x004.01.13.00')],
      inverted: inIdentity("String(group).padStart(2, '0')", 'String(group)'),
    },
    {
      id: 'user-agent-byte',
      says: 'On request one junk byte stands after SIP12x0, as in captures; control bytes too. None by default.',
      provenBy: [
        httpHead('the head of a request, byte for byte > carries the junk byte'),
        own('the User-Agent of SIP12x004.01.13.00'),
      ],
      inverted: mutation('src/transport/http-wire.ts')(
        "write(this.#socket.head, 'latin1')",
        "write(this.#socket.head.replace(/[^ -~\\r\\n]/g, ''), 'latin1')",
      ),
    },
    {
      id: 'user-agent-byte-seen',
      says: 'The byte that was seen is 0xFF for 04.01.13.00 and 0x17 for 04.00.04.00.',
      provenBy: [own('the byte that was seen with')],
      inverted: inIdentity("'SIP12x004.00.04.00': 0x17", "'SIP12x004.00.04.00': 0xff"),
    },
    {
      id: 'user-agent-without-byte-told',
      says: 'Without the byte a run against a foreign HTTP server says so once.',
      provenBy: [own('without the junk byte a foreign HTTP server is told of once')],
      inverted: mutation('src/phone/fetch-plan.ts')(
        'if (check === 1 && saysLessThanAPhone(order.fetched))',
        'if (saysLessThanAPhone(order.fetched))',
      ),
    },
  ],
};
