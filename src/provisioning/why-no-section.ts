/** Bytes at the head of a file that show what it is instead. */
const HEAD_LENGTH_BYTES = 512;

/** A guess, in plain words, at why a file holds no section a phone knows. */
export function whyNoSection(bytes: Uint8Array): string {
  const found = 'no section a phone knows';
  if (bytes.length === 0) return `${found}: the file is empty`;
  const head = Buffer.from(bytes.subarray(0, HEAD_LENGTH_BYTES)).toString('latin1');
  if (looksLikeWebPage(head))
    return `${found}: it begins like a web page; is it an error page of the server?`;
  if (/^(?:\xff\xfe|\xfe\xff)/.test(head)) return `${found}: it looks like UTF-16; save it as plain text`;
  return `${found}; expected lines such as [DEVICE_CONFIG]`;
}

function looksLikeWebPage(head: string): boolean {
  return /^(?:\xef\xbb\xbf)?\s*<(?:!doctype|!--|html|head|body|\?xml)/i.test(head);
}
