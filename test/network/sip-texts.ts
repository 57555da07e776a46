/** A request as a proxy would send it; what a test spells out matters to it. */
export interface SipText {
  readonly method?: string;
  readonly startLine?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body?: string;
  readonly lineEnd?: string;
}

const usual = {
  Via: 'SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776;rport',
  From: '<sip:proxy@example.com>;tag=1928',
  To: '<sip:2000@example.com>',
  'Call-ID': 'a84b4c76e66710@192.0.2.10',
  CSeq: '102 NOTIFY',
  Event: 'check-sync',
};

/** `undefined` leaves a header out; a list writes it several times. */
export function sipText({
  method = 'NOTIFY',
  startLine,
  headers = {},
  body = '',
  lineEnd = '\r\n',
}: SipText = {}) {
  const all = { ...usual, CSeq: `102 ${method}`, ...headers };
  const lines = Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((one) => `${name}: ${one}`),
  );
  const first = startLine ?? `${method} sip:2000@192.0.2.77 SIP/2.0`;
  return Buffer.from([first, ...lines, '', body].join(lineEnd), 'latin1');
}
