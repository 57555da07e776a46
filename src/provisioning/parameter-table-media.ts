import { type Parameter, vendorModel, vendorModelOf32 } from './parameter.ts';
import { integer, ipv4, type ParameterType, text, words, yesNo } from './parameter-type.ts';

const srtpCipher = words('AES_CM_128_HMAC_SHA1_80', 'AES_CM_128_HMAC_SHA1_32', 'None');
const percent = threshold(100);
/** Documented: a threshold of 0 stands for its default (sipXecs vendor model). */
function threshold(max: number): ParameterType {
  return { kind: 'integer', min: 1, max, tooLow: 'default' };
}
const tone: ParameterType = {
  kind: 'form',
  what: 'frequencies;on,off in ms such as 440,480;2000,4000 (on -1 = without end)',
  form: /^\d{1,5}(?:,\d{1,5})?;(?:-1|\d{1,6}(?:,\d{1,6})*)$/,
  empty: 'bad',
};

/** Codecs, encryption, voice quality and tones. */
export const mediaParameters: readonly Parameter[] = [
  {
    name: 'AUDIO_CODECx',
    type: text('codec and label'),
    default: 'G722 wideband codec',
    source: vendorModel,
    note: 'Codec of preference x: a token, then free text.',
  },
  { name: 'G729_ENABLE_ANNEXB', type: yesNo, default: 'NO', source: vendorModelOf32 },
  { name: 'G723_ENABLE_ANNEXA', type: yesNo, default: 'NO', source: vendorModelOf32 },

  // Security of calls.
  { name: 'SRTP_ENABLED', type: yesNo, default: 'NO', source: vendorModel },
  {
    name: 'SRTP_MODE',
    type: words('BE-Cap Neg', 'BE-2MLines', 'SecureOnly'),
    default: 'BE-2MLines',
    source: vendorModel,
  },
  { name: 'SRTP_CIPHER_1', type: srtpCipher, default: 'AES_CM_128_HMAC_SHA1_80', source: vendorModel },
  { name: 'SRTP_CIPHER_2', type: srtpCipher, default: 'AES_CM_128_HMAC_SHA1_32', source: vendorModel },
  { name: 'MKI_ENABLE', type: yesNo, default: 'NO', source: vendorModel },
  { name: 'SECURE_UI_ENABLE', type: yesNo, default: 'NO', source: vendorModel },
  {
    name: 'LOGIN_NOTIFY',
    type: words('OFF', 'ON', 'SUCCESS', 'FAILURE', 'BOTH'),
    default: 'OFF',
    source: vendorModel,
    note: 'The model says ON and OFF in its type, the other words in its text.',
  },

  // Voice quality: a warning and an excessive threshold each.
  {
    name: 'VQMON_PUBLISH',
    type: yesNo,
    default: 'NO',
    unlicensed: 'NO',
    source: vendorModel,
    note: 'Licensed.',
  },
  { name: 'VQMON_PUBLISH_IP', type: ipv4, default: '0.0.0.0', source: vendorModel },
  { name: 'LISTENING_R_ENABLE', type: yesNo, default: 'NO', source: vendorModel },
  { name: 'LISTENING_R_WARN', type: percent, default: '70', source: vendorModel },
  { name: 'LISTENING_R_EXCE', type: percent, default: '60', source: vendorModel },
  { name: 'PACKET_LOSS_ENABLE', type: yesNo, default: 'NO', source: vendorModel },
  { name: 'PACKET_LOSS_WARN', type: threshold(25_600), default: '256', source: vendorModel },
  { name: 'PACKET_LOSS_EXCE', type: threshold(25_600), default: '1280', source: vendorModel },
  { name: 'JITTER_ENABLE', type: yesNo, default: 'NO', source: vendorModel },
  { name: 'JITTER_WARN', type: threshold(65_535), default: '3276', source: vendorModel },
  { name: 'JITTER_EXCE', type: threshold(65_535), default: '32760', source: vendorModel },
  { name: 'DELAY_ENABLE', type: yesNo, default: 'NO', source: vendorModel },
  { name: 'DELAY_WARN', type: threshold(65_536), default: '150', source: vendorModel },
  { name: 'DELAY_EXCE', type: threshold(65_536), default: '175', source: vendorModel },
  { name: 'SESSION_RPT_EN', type: yesNo, default: 'NO', source: vendorModel },
  { name: 'SESSION_RPT_INT', type: integer(60, 600), default: '60', source: vendorModel, note: 'Seconds.' },

  // Tones.
  { name: 'DIAL_TONE', type: tone, default: '350,440;-1', source: vendorModel },
  { name: 'RINGING_TONE', type: tone, default: '440,480;2000,4000', source: vendorModel },
  { name: 'BUSY_TONE', type: tone, default: '480,620;500,500', source: vendorModel },
  { name: 'FASTBUSY_TONE', type: tone, default: '425;250,250', source: vendorModel },
  { name: 'CONGESTION_TONE', type: tone, default: '480,620;250,250', source: vendorModel },
];
