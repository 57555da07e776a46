import { mutation, proof, type RuleGroup } from './rule.ts';

const login = proof('test/phone/login.test.ts');
const licence = proof('test/phone/licence.test.ts');
const userFiles = proof('test/phone/user-files.test.ts');

const profiles = proof('test/device/user-profile.test.ts');

const inLogin = mutation('src/device/login.ts');
const inWho = mutation('src/phone/who-logs-in.ts');

/** Who is logged in, and the files that come with a user. */
export const loggingIn: RuleGroup = {
  title: "Login and a user's own files",
  rules: [
    {
      id: 'login-domain',
      says: "A login succeeds when the user's domain is one of SIP_DOMAIN1 to 5; else it is an unknown domain.",
      provenBy: [
        login('an unknown domain is refused', 'a wrong domain typed at the login screen leads back to it'),
      ],
      inverted: inLogin('if (number === undefined) {', 'if (number === 0) {'),
    },
    {
      id: 'login-server-set',
      says: "The domain's SERVER_IPx_1 has to be set; 0.0.0.0 means DNS and counts as set.",
      provenBy: [
        login(
          'without SERVER_IP1_1 the login is refused',
          'SERVER_IP1_1 0.0.0.0 means DNS and counts as set',
        ),
      ],
      inverted: inLogin('_1`] === undefined) {', '_1`]?.value === UNSET_ADDRESS) {'),
    },
    {
      id: 'login-second-server-4-1',
      says: 'Software 4.1 refuses a SERVER_IPx_2 that was received as 0.0.0.0, not one that was never received.',
      provenBy: [
        login(
          'SERVER_IP1_2 0.0.0.0 keeps a 4.1 phone out',
          'SERVER_IP1_2 0.0.0.0 does not keep a 4.4 phone out',
        ),
        login('SERVER_IP1_2 never received keeps nobody out'),
      ],
      inverted: inLogin('isRelease(software, 4, 1) &&', 'isRelease(software, 4, 4) &&'),
    },
    {
      id: 'login-refused-by-proxy',
      says: 'A story may have the proxy refuse a login, or the name server know none.',
      provenBy: [
        login(
          'the story may refuse a login: a proxy that refuses',
          'the story may refuse a login: a name server that knows no proxy',
        ),
      ],
      inverted: inWho("logins === 'refuse' ? refusedByProxy", "logins === 'accept' ? refusedByProxy"),
    },
    {
      id: 'login-no',
      says: 'AUTOLOGIN_ENABLE NO shows the login screen, whoever was logged in.',
      provenBy: [login('AUTOLOGIN_ENABLE NO shows the login screen, whoever was logged in')],
      inverted: inLogin("mode === 'YES' && earlierUser", "mode !== 'USE_AUTOLOGIN_ID' && earlierUser"),
    },
    {
      id: 'login-yes',
      says: 'AUTOLOGIN_ENABLE YES logs in who was logged in when power went, else shows the login screen.',
      provenBy: [
        login(
          'YES logs in who was logged in when power went',
          'YES and nobody before shows the login screen',
        ),
      ],
      inverted: inLogin("mode === 'YES' && earlierUser", "mode === 'NO' && earlierUser"),
    },
    {
      id: 'login-by-itself',
      says: 'USE_AUTOLOGIN_ID logs in by itself when ID and password are there.',
      provenBy: [login('USE_AUTOLOGIN_ID logs in by itself', 'USE_AUTOLOGIN_ID without a password does not')],
      inverted: inLogin(
        "if (settingOf(settings, 'AUTOLOGIN_PASSWD_KEY01') === '') {",
        "if (settingOf(settings, 'AUTOLOGIN_PASSWD_KEY01') !== '') {",
      ),
    },
    {
      id: 'login-bound',
      says: 'Under USE_AUTOLOGIN_ID the user cannot log off.',
      provenBy: [login('under USE_AUTOLOGIN_ID the user cannot log off')],
      inverted: inWho("'AUTOLOGIN_ENABLE') === 'USE_AUTOLOGIN_ID'", "'AUTOLOGIN_ENABLE') === 'YES'"),
    },
    {
      id: 'login-stale',
      says: 'Auto-login data stays in force after the phone-specific file is gone.',
      provenBy: [login('auto-login data stays in force after the phone-specific file is gone')],
      inverted: mutation('src/device/change-flash.ts')(
        "case 'version':\n      return { ...flash, versions",
        "case 'version':\n      return { ...flash, settings: {}, versions",
      ),
    },
    {
      id: 'logout',
      says: 'A logout leads to the login screen, and is remembered over loss of power.',
      provenBy: [login('a user logs in by hand, is remembered over loss of power, and logs out')],
      inverted: mutation('src/phone/up.chart.ts')(
        "'followUserTime',\n            'forgetUser',",
        "'followUserTime',",
      ),
    },
    {
      id: 'logout-waits',
      says: "A logout during a check waits for the check's end.",
      provenBy: [login('a logout during a check waits for its end')],
      inverted: mutation('src/phone/life.chart.ts')(
        "logout: { actions: 'rememberLogout' },",
        "logout: '#life.up',",
      ),
    },
    {
      id: 'login-refused-by-story',
      says: 'A story may have the proxy refuse a login, or the name server know no proxy; then the login screen is shown with the reason.',
      provenBy: [
        login('the story may refuse a login: a proxy that refuses', 'a name server that knows no proxy'),
      ],
      inverted: inWho("logins === 'refuse' ? refusedByProxy", "logins === 'accept' ? refusedByProxy"),
    },
    {
      id: 'login-licensing-enforced',
      says: 'Where licences are enforced, that user ends at the login screen with the reason.',
      quirk: 'licensing',
      provenBy: [
        licence('enforce: the user stays at the login screen, and it is told'),
        licence('enforce: a feature that comes while a user is logged in puts that user out'),
      ],
      inverted: mutation('src/device/licence.ts')(
        'value === undefined || value === unlicensed',
        'value === undefined || value !== unlicensed',
      ),
    },
    {
      id: 'login-licensing',
      says: 'A licensed feature that a received value switches on without a licence is told, and its user gets in all the same.',
      quirk: 'licensing',
      provenBy: [
        licence('ignore: the user gets in, and it is told', 'ignore, with a licence: nothing to tell'),
      ],
      inverted: inWho("quirks.licensing === 'enforce'", "quirks.licensing === 'ignore'"),
    },
    {
      id: 'login-service-packages',
      says: 'Service packages are not emulated, told once where they are switched on.',
      provenBy: [licence('that service packages are not emulated is told once')],
      inverted: mutation('src/phone/phone-facts.ts')("'ENABLE_SERVICE_PACKAGE'", "'EXP_MODULE_ENABLE'"),
    },
    {
      id: 'user-files-wanted',
      says: 'With USER_FILE_ENABLE YES and a user logged in, <user@domain>.cfg and what it names are fetched at login, and last in every check.',
      provenBy: [
        userFiles('at login the user', 'a check fetches them again as its last step'),
        userFiles('USER_FILE_ENABLE NO asks for none'),
      ],
      inverted: mutation('src/phone/take-user-files.ts')(
        "(named || settingOf(settings, 'USER_FILE_ENABLE') === 'YES')",
        'named',
      ),
    },
    {
      id: 'user-files-defaults',
      says: "Where the user's file names no address book, keys or speed dial list, the default file of the settings counts.",
      provenBy: [userFiles('where it names no file, the default does')],
      inverted: mutation('src/phone/take-user-files.ts')(
        'named?.name ? named :',
        'named !== undefined ? named :',
      ),
    },
    {
      id: 'user-files-merged',
      says: 'Custom keys and preferences are merged into the profile: what is given replaces, what is missing stays, an empty value brings back the one before, but clears a few.',
      provenBy: [
        profiles('an empty value brings back the one before', 'what is missing stays'),
        profiles('a key takes the place of the one with its index, and the others stay'),
      ],
      inverted: mutation('src/device/user-profile.ts')(
        'if (clearedByEmpty.includes(',
        'if (!clearedByEmpty.includes(',
      ),
    },
    {
      id: 'user-files-key-type',
      says: 'A [key] of an unknown type is ignored, told, and written to the ECR log.',
      provenBy: [
        proof('test/provisioning/custom-keys.test.ts')(
          'an unknown type is ignored and told, whatever its index',
        ),
        proof('test/report/phone-logs.test.ts')('each bad line is one'),
      ],
      inverted: mutation('src/provisioning/custom-keys.ts')(
        "told.tell('UNKNOWN_KEY_TYPE', {",
        "told.tell('FEATURE_KEY', {",
      ),
    },
    {
      id: 'profiles-kept',
      says: 'The profiles of 24 users are kept; who has not logged in for longest makes room.',
      provenBy: [profiles('of 24 profiles the one that was not used for longest makes room')],
      inverted: mutation('src/device/user-profile.ts')('PROFILES_MAX = 24', 'PROFILES_MAX = 23'),
    },
    {
      id: 'user-files-lost',
      says: 'A file of these that is missing leaves what the profile has, and keeps nobody out.',
      provenBy: [
        userFiles(
          'a file that is missing leaves what the profile has',
          'a dead server keeps nobody out for good',
        ),
      ],
      inverted: mutation('src/phone/take-user-files.ts')(
        'return endsHere(unit, error) ? ',
        'return !endsHere(unit, error) ? ',
      ),
    },
  ],
};
