import { createHash } from 'node:crypto';

/** A server's challenge to name oneself, of a kind the phone can answer. */
export type Challenge =
  | { readonly scheme: 'basic' }
  | {
      readonly scheme: 'digest';
      readonly realm: string;
      readonly nonce: string;
      readonly opaque?: string;
      /** As the server spelt it; absent: MD5. */
      readonly algorithm?: string;
      readonly hash: 'md5' | 'sha256';
      /** `-sess` of RFC 7616: the key is bound to this nonce. */
      readonly session: boolean;
      /** `none`: a server of RFC 2069, which sends no qop. */
      readonly qop: 'auth' | 'none';
    };

/** Who answers, and for which request. */
export interface ChallengeAnswer {
  readonly user: string;
  readonly password: string;
  /** The request target as it stands in the request line, with its leading slash. */
  readonly target: string;
  /** How often this nonce is used, from 1. */
  readonly count: number;
  /** The client's own nonce. */
  readonly cnonce: string;
}

/**
 * The challenge to answer among those of a 401: the first Digest one, else Basic; undefined when none is
 * understood. RFC 7616 (Digest with MD5 or SHA-256, qop "auth"), RFC 2069 (no qop), RFC 7617 (Basic).
 * `auth-int` is not answered.
 */
export function chooseChallenge(headers: string | readonly string[] | undefined): Challenge | undefined {
  const offered = challengesIn(typeof headers === 'string' ? headers : (headers ?? []).join(', '));
  const answerable = offered.map(answerableChallenge).filter((challenge) => challenge !== undefined);
  return answerable.find(({ scheme }) => scheme === 'digest') ?? answerable[0];
}

/**
 * Derived, not drawn, so that a run can be repeated: it only has to differ from one use of a nonce to the
 * next.
 */
export function cnonceFor(challenge: Challenge, count: number): string {
  if (challenge.scheme === 'basic') return '';
  return createHash('md5').update(`${challenge.nonce}:${count}`).digest('hex').slice(0, 16);
}

/**
 * How often each nonce was used. RFC 7616, 3.4: a server may take the same count twice for a replay, and it
 * may offer one nonce for file after file.
 */
export class NonceCounts {
  readonly #counts = new Map<string, number>();

  /** The count of the next use, from 1. */
  next(challenge: Challenge): number {
    if (challenge.scheme === 'basic') return 1;
    const count = (this.#counts.get(challenge.nonce) ?? 0) + 1;
    this.#counts.set(challenge.nonce, count);
    return count;
  }
}

/** The value of the `Authorization` header, as Latin-1 characters that are the bytes to send. */
export function authorizationFor(challenge: Challenge, answer: ChallengeAnswer): string {
  if (challenge.scheme === 'basic') {
    return `Basic ${Buffer.from(`${answer.user}:${answer.password}`).toString('base64')}`;
  }
  const { realm, nonce, opaque, algorithm, qop } = challenge;
  const count = answer.count.toString(16).padStart(8, '0');
  return [
    `Digest username=${quoted(utf8AsLatin1(answer.user))}`,
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(answer.target)}`,
    `response="${digestResponse(challenge, answer, count)}"`,
    ...(algorithm === undefined ? [] : [`algorithm=${algorithm}`]),
    ...(opaque === undefined ? [] : [`opaque=${quoted(opaque)}`]),
    ...(qop === 'none' ? [] : [`qop=auth, nc=${count}, cnonce=${quoted(answer.cnonce)}`]),
  ].join(', ');
}

function digestResponse(
  challenge: Extract<Challenge, { scheme: 'digest' }>,
  { user, password, target, cnonce }: ChallengeAnswer,
  count: string,
): string {
  const hash = (text: string) => createHash(challenge.hash).update(text, 'latin1').digest('hex');
  const { realm, nonce, session, qop } = challenge;
  const secret = hash(`${utf8AsLatin1(user)}:${realm}:${utf8AsLatin1(password)}`);
  const key = session ? hash(`${secret}:${nonce}:${cnonce}`) : secret;
  const request = hash(`GET:${target}`);
  return hash(
    qop === 'none' ? `${key}:${nonce}:${request}` : `${key}:${nonce}:${count}:${cnonce}:auth:${request}`,
  );
}

interface OfferedChallenge {
  readonly scheme: string;
  readonly parameters: Map<string, string>;
}

const hashes: Readonly<Record<string, 'md5' | 'sha256'>> = { MD5: 'md5', 'SHA-256': 'sha256' };

function answerableChallenge({ scheme, parameters }: OfferedChallenge): Challenge | undefined {
  if (scheme === 'basic') return { scheme: 'basic' };
  const nonce = parameters.get('nonce');
  if (scheme !== 'digest' || nonce === undefined) return undefined;

  const algorithm = parameters.get('algorithm');
  const [, name, sess] = /^(MD5|SHA-256)(-sess)?$/i.exec(algorithm ?? 'MD5') ?? [];
  const hash = name === undefined ? undefined : hashes[name.toUpperCase()];
  const qops = parameters
    .get('qop')
    ?.toLowerCase()
    .split(/[\s,]+/);
  if (hash === undefined || (qops !== undefined && !qops.includes('auth'))) return undefined;

  const opaque = parameters.get('opaque');
  return {
    scheme: 'digest',
    realm: parameters.get('realm') ?? '',
    nonce,
    ...(opaque === undefined ? {} : { opaque }),
    ...(algorithm === undefined ? {} : { algorithm }),
    hash,
    session: sess !== undefined,
    qop: qops === undefined ? 'none' : 'auth',
  };
}

/**
 * Splits `Basic realm="a, b", Digest nonce="c"`: a word without `=` begins the next challenge (RFC 9110,
 * 11.6.1).
 */
function challengesIn(header: string): OfferedChallenge[] {
  const challenges: OfferedChallenge[] = [];
  const words = /([^\s,="]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,="]+)))?/g;
  for (const [, word = '', quotedValue, value = quotedValue?.replace(/\\(.)/g, '$1')] of header.matchAll(
    words,
  )) {
    if (value === undefined) challenges.push({ scheme: word.toLowerCase(), parameters: new Map() });
    else challenges.at(-1)?.parameters.set(word.toLowerCase(), value);
  }
  return challenges;
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

function utf8AsLatin1(text: string): string {
  return Buffer.from(text).toString('latin1');
}
