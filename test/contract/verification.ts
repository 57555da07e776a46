import { mutation, proof, type RuleGroup } from './rule.ts';

const kinds = proof('test/device/verify.test.ts');
const firmware = proof('test/device/verify-firmware.test.ts');
const check = proof('test/phone/check.test.ts');
const plan = proof('test/provisioning/dialing-plan.test.ts');
const dialing = proof('test/provisioning/dial.test.ts');

/** Whether a file that arrived is one of its kind. */
export const verification: RuleGroup = {
  title: 'Kinds of files',
  rules: [
    {
      id: 'verify-web-page',
      says: 'A web page in place of a file is refused, in every section; flash stays as it was.',
      provenBy: [check('is refused, and flash stays as it was')],
      inverted: mutation('src/device/verify.ts')(
        'if (looksLikeHtml(file.head)) {',
        'if (!looksLikeHtml(file.head)) {',
      ),
    },
    {
      id: 'verify-language',
      says: 'A language file begins with the header lines ##1, ##2, ##3; one without them is refused.',
      provenBy: [
        kinds('[LANGUAGE] > takes a file with the three header lines', 'refuses one without the third'),
      ],
      inverted: mutation('src/device/verify-language.ts')("['##1', '##2', '##3']", "['##1', '##2']"),
    },
    {
      id: 'verify-tone',
      says: 'A tone is WAV, A-law or mu-law of 8 kHz and 8 bit or PCM of 16 kHz and 16 bit, mono; chunks the phone does not know are skipped.',
      provenBy: [
        kinds('takes A-law', 'takes PCM of 16 kHz and 16 bit', 'refuses stereo', 'refuses PCM of 8 kHz'),
        kinds('skips chunks it does not know, of odd length too'),
      ],
      inverted: mutation('src/device/verify-tone.ts')(
        'channels === 1 && samplesPerSecond',
        'samplesPerSecond',
      ),
    },
    {
      id: 'verify-picture',
      says: 'A picture is PNG or JPEG by what is inside.',
      provenBy: [kinds('takes PNG', 'takes JPEG', 'refuses GIF')],
      inverted: mutation('src/device/verify.ts')('IMAGES: verifyPicture,', ''),
    },
    {
      id: 'verify-banner',
      says: 'A login banner has 1 to 2048 bytes of UTF-8.',
      provenBy: [kinds('takes 2048 bytes', 'refuses 2049 bytes', 'refuses 0 bytes', 'refuses Latin-1')],
      inverted: mutation('src/device/verify-banner.ts')(
        'BANNER_SIZE_MAX_BYTES = 2048',
        'BANNER_SIZE_MAX_BYTES = 2049',
        'a banner of 2,049 bytes is taken',
      ),
    },
    {
      id: 'verify-dialing-plan',
      says: 'A dialing plan has exactly one line %%; else the old plan stays.',
      provenBy: [
        kinds('[DIALING_PLAN] > takes a plan', 'refuses a file without %%', 'refuses a file with two'),
      ],
      inverted: mutation('src/device/verify-dialing-plan.ts')('plan.dividers !== 1', 'plan.dividers > 1'),
    },
    {
      id: 'dialing-plan-rule',
      says: 'A line of the digit map that cannot be read is skipped and told, and costs only itself.',
      provenBy: [
        plan('a rule > whose pattern cannot be read is skipped', 'a rule > of four parts is skipped'),
        kinds('takes a plan of which a rule cannot be read, and tells it'),
      ],
      inverted: mutation('src/provisioning/dialing-plan.ts')(
        'rest.length === 0 && text.length',
        'text.length',
      ),
    },
    {
      id: 'dialing-first-rule',
      says: 'The first matching rule of the plan fires; a # at the end dials at once, anything else after the time of its rule.',
      provenBy: [
        dialing('the first rule in the file wins', 'a # at the end dials at once'),
        dialing('a number waits for the time of its rule'),
      ],
      inverted: mutation('src/provisioning/dial.ts')(
        'for (const rule of plan.rules) {',
        'for (const rule of plan.rules.toReversed()) {',
      ),
    },
    {
      id: 'dialing-address',
      says: 'A SIP address goes past the plan.',
      provenBy: [dialing('an address goes past the plan', 'so does a SIP URI')],
      inverted: mutation('src/provisioning/dial.ts')(
        "if (number.includes('@')) return",
        "if (number.includes('@@')) return",
      ),
    },
    {
      id: 'verify-licence',
      says: 'A licence that names the MACs of other phones is taken, and told.',
      provenBy: [kinds("is taken when it names this phone's MAC", 'is taken for another phone, and told')],
      inverted: mutation('src/device/verify-licence.ts')('named.length === 0 || named.includes(mac)', 'true'),
    },
    {
      id: 'verify-image-form',
      says: 'An image that is empty, under 64 KiB or text is refused, whoever signed it.',
      provenBy: [
        check(
          'an image under 64 KiB is no image',
          'a web page in place of an image is no image, however long',
        ),
        firmware('when it is too small', 'when it is text'),
      ],
      inverted: mutation('src/device/verify-firmware.ts')(
        'IMAGE_SIZE_MIN_BYTES = 64 * 1024',
        'IMAGE_SIZE_MIN_BYTES = 32 * 1024',
      ),
    },
  ],
};
