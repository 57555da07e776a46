import forge from 'node-forge';

/** A private key and the certificates around it, as they were in a PKCS #12 file. */
export interface KeyStore {
  /** PEM. */
  readonly key: string;
  /** PEM, the key's own certificate first. */
  readonly certificates: readonly [string, ...string[]];
}

/** What became of opening a file. `not-rsa`: it opens, and node-forge reads RSA keys alone. */
export type Opened =
  | { readonly opened: 'store'; readonly store: KeyStore }
  | { readonly opened: 'wrong-password' }
  | { readonly opened: 'not-rsa' }
  | { readonly opened: 'incomplete'; readonly why: string };

/**
 * Our own limit. A file says itself how often its password is digested (openssl: 2048 times), and could keep
 * a phone busy for a day.
 */
const ITERATIONS_MAX = 100_000;
/** Real ones have 2 to 6 KB. */
const SIZE_MAX_BYTES = 128 * 1024;

/** Why a file cannot be PKCS #12, as far as can be told without its password; undefined when it can. */
export function complaintAboutPkcs12(bytes: Uint8Array): string | undefined {
  if (bytes.length > SIZE_MAX_BYTES)
    return `it has ${bytes.length} bytes; expected at most ${SIZE_MAX_BYTES}`;
  const tree = readTree(bytes);
  if (tree === undefined || !looksLikePfx(tree)) return 'it is no PKCS #12';
  const iterations = Math.max(0, ...iterationsIn(tree));
  return iterations > ITERATIONS_MAX
    ? `it wants its password digested ${iterations} times; expected at most ${ITERATIONS_MAX}`
    : undefined;
}

/**
 * Opens a file about which there is no complaint. Takes some hundredths of a second. Never throws. Assumed: a
 * password is ASCII, as it is keyed in on a phone; node-forge opens newer files with no other.
 */
export function openPkcs12(bytes: Uint8Array, password: string): Opened {
  const tree = readTree(bytes);
  if (tree === undefined) return { opened: 'incomplete', why: 'it is no PKCS #12' };
  try {
    return takeOut(forge.pkcs12.pkcs12FromAsn1(tree, true, password));
  } catch (error) {
    // node-forge has no codes. Its message is the only way to tell a wrong password from a broken file.
    const message = error instanceof Error ? error.message : '';
    if (/OID is not RSA|Cannot read (public|private) key/.test(message)) return { opened: 'not-rsa' };
    if (/Invalid password|password\?|MAC could not be verified|decrypt/i.test(message))
      return { opened: 'wrong-password' };
    return { opened: 'incomplete', why: 'it cannot be read' };
  }
}

function takeOut(pfx: forge.pkcs12.Pkcs12Pfx): Opened {
  const { pkcs8ShroudedKeyBag, keyBag, certBag } = forge.pki.oids;
  const bagsOf = (type: string | undefined) =>
    type === undefined ? [] : (pfx.getBags({ bagType: type })[type] ?? []);
  const [keyBagFound] = [...bagsOf(pkcs8ShroudedKeyBag), ...bagsOf(keyBag)];
  if (keyBagFound === undefined) return { opened: 'incomplete', why: 'it holds no private key' };
  const { key } = keyBagFound;
  if (!key) return { opened: 'not-rsa' };
  const certificates = bagsOf(certBag).flatMap(({ cert }) => cert ?? []);
  // By the number that both halves of the key share: friendly names and local IDs are often missing.
  const own = certificates.find(({ publicKey }) => 'n' in publicKey && publicKey.n.equals(key.n));
  if (own === undefined) return { opened: 'incomplete', why: 'no certificate in it is of its key' };
  const others = certificates.filter((certificate) => certificate !== own);
  const pem = (certificate: forge.pki.Certificate) => withLineFeeds(forge.pki.certificateToPem(certificate));
  return {
    opened: 'store',
    store: {
      key: withLineFeeds(forge.pki.privateKeyToPem(key)),
      certificates: [pem(own), ...others.map(pem)],
    },
  };
}

function withLineFeeds(pem: string): string {
  return pem.replaceAll('\r\n', '\n');
}

function readTree(bytes: Uint8Array): forge.asn1.Asn1 | undefined {
  try {
    return forge.asn1.fromDer(Buffer.from(bytes).toString('latin1'));
  } catch {
    return undefined;
  }
}

/** SEQUENCE { version INTEGER, authSafe SEQUENCE, ... } (RFC 7292 section 4). */
function looksLikePfx({ type, value }: forge.asn1.Asn1): boolean {
  if (type !== forge.asn1.Type.SEQUENCE || !Array.isArray(value)) return false;
  const [version, safe] = value;
  return version?.type === forge.asn1.Type.INTEGER && safe?.type === forge.asn1.Type.SEQUENCE;
}

/** Every number that stands behind a salt: the iteration counts of MAC, PBE and PBKDF2, however deep. */
function iterationsIn(node: forge.asn1.Asn1): readonly number[] {
  const { OCTETSTRING, INTEGER } = forge.asn1.Type;
  const { type, value } = node;
  if (!Array.isArray(value)) {
    const inner = type === OCTETSTRING ? readTree(Buffer.from(value, 'latin1')) : undefined;
    return inner === undefined ? [] : iterationsIn(inner);
  }
  return value.flatMap((child, at) => {
    const follows = child.type === INTEGER && value[at - 1]?.type === OCTETSTRING;
    const own = follows && typeof child.value === 'string' ? [numberOf(child.value)] : [];
    return [...own, ...iterationsIn(child)];
  });
}

function numberOf(bytes: string): number {
  return [...bytes].reduce((sum, byte) => sum * 256 + byte.charCodeAt(0), 0);
}
