import { type Parameter, vendorModel, vendorModelOf32 } from './parameter.ts';
import { fileName, integer, text, words, yesNo } from './parameter-type.ts';

const lock = words('LOCK', 'UNLOCK');
const languages = words(
  ...['Czech', 'Danish', 'Dutch', 'English', 'Finnish', 'French', 'German', 'Greek', 'Hungarian', 'Italian'],
  ...[
    'Japanese',
    'Latvian',
    'Norwegian',
    'Polish',
    'Portuguese',
    'Russian',
    'Slovenian',
    'Spanish',
    'Swedish',
  ],
  'Turkish',
);

/** What is on the screen, what the phone remembers, and what may be plugged in. */
export const panelParameters: readonly Parameter[] = [
  {
    name: 'DEF_LANG',
    type: languages,
    default: 'English',
    source: 'sipXecs vendor model, S43 p37',
    note: 'English unless the language file is stored. Greek and Slovenian are in S43 alone.',
  },
  {
    name: 'MENU_AUTO_BACKOUT',
    type: words('0', '15', '30', '60', '120', '200', '600'),
    default: '30',
    source: vendorModelOf32,
    note: 'Seconds.',
  },
  { name: 'SCRNSVR_ENABLE', type: yesNo, default: 'YES', source: vendorModel },
  { name: 'SCRNSVR_UNPRTCTD_ENABLE', type: yesNo, default: 'YES', source: vendorModel },
  { name: 'SCRNSVR_UPASS_ENABLE', type: yesNo, default: 'YES', source: vendorModel },
  {
    name: 'SCRNSVR_MODE',
    type: words('DISABLE', 'NO_PASS', 'PASS'),
    default: 'DISABLE',
    source: vendorModel,
  },
  { name: 'SCRNSVR_DELAY', type: words('5', '10', '30', '60'), default: '10', source: vendorModel },
  {
    name: 'SCRNSVR_TEXT',
    type: text('text', { max: 24 }),
    default: 'Screensaver active',
    source: vendorModel,
  },
  {
    name: 'SCRNSVR_IMAGE',
    type: fileName,
    default: '',
    source: vendorModel,
    note: 'Of the stored images; for new user profiles only.',
  },
  { name: 'BG_IMAGE_ENABLE', type: yesNo, default: 'YES', source: vendorModel },
  { name: 'BG_IMG_SELECT_ENABLE', type: yesNo, default: 'YES', source: vendorModel },
  { name: 'USE_BG_IMAGE', type: fileName, default: '', source: vendorModel, note: 'As SCRNSVR_IMAGE.' },
  {
    name: 'BANNER',
    type: text('text', { max: 24 }),
    default: 'Nortel SIP Client',
    source: vendorModel,
    note: 'The line on the idle screen; for new user profiles only, unless FORCE_BANNER YES.',
  },
  {
    name: 'FORCE_BANNER',
    type: yesNo,
    default: 'NO',
    source: vendorModel,
    note: "YES: BANNER replaces the user's own at every power-up.",
  },

  // Speed dial.
  { name: 'SPEEDLIST_LABEL', type: text('text', { max: 24 }), default: 'SDL', source: vendorModel },
  {
    name: 'SPEEDLIST_KEY_INDEX',
    type: integer(0, 64),
    default: '0',
    source: vendorModel,
    note: 'Line key of the speed-dial list; 0 = none.',
  },

  // How much is kept.
  { name: 'MAX_INBOX_ENTRIES', type: integer(0), default: '100', source: vendorModel },
  { name: 'MAX_OUTBOX_ENTRIES', type: integer(0), default: '100', source: vendorModel },
  { name: 'MAX_REJECTREASONS', type: integer(0), default: '20', source: vendorModel },
  { name: 'MAX_CALLSUBJECT', type: integer(0), default: '20', source: vendorModel },
  { name: 'MAX_PRESENCENOTE', type: integer(0), default: '20', source: vendorModel },
  { name: 'MAX_IM_ENTRIES', type: integer(0), default: '999', source: vendorModel },
  { name: 'MAX_ADDR_BOOK_ENTRIES', type: integer(0), default: '100', source: vendorModel },

  // What may be plugged in.
  { name: 'ATA_REGION', type: words('NA', 'EU1', 'EU2', 'AusNZ'), default: 'NA', source: vendorModel },
  { name: 'ENABLE_USB_PORT', type: yesNo, default: 'YES', source: vendorModel },
  { name: 'USB_MOUSE', type: lock, default: 'UNLOCK', source: vendorModel },
  { name: 'USB_KEYBOARD', type: lock, default: 'UNLOCK', source: vendorModel },
  {
    name: 'USB_HEADSET',
    type: lock,
    default: 'UNLOCK',
    unlicensed: 'LOCK',
    source: vendorModel,
    note: 'Licensed.',
  },
  { name: 'USB_MEMORY_STICK', type: lock, default: 'UNLOCK', source: vendorModel },
];
