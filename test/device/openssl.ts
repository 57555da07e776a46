import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder for openssl to work in, and what it makes there. Gone after the tests of its file. */
export class OpensslBench {
  readonly directory = mkdtempSync(join(tmpdir(), 'deskphone-openssl-'));

  constructor() {
    afterAll(() => rmSync(this.directory, { recursive: true, force: true }));
  }

  /** Runs `openssl` with the words of a line, then `more` as they are. Throws what it says when it fails. */
  run(line: string, ...more: readonly string[]): string {
    const words = [...line.split(' ').filter((word) => word !== ''), ...more];
    return execFileSync('openssl', words, { cwd: this.directory, encoding: 'latin1', stdio: 'pipe' });
  }

  write(name: string, content: string | Uint8Array): string {
    writeFileSync(join(this.directory, name), content);
    return name;
  }

  read(name: string): Buffer {
    return readFileSync(join(this.directory, name));
  }

  text(name: string): string {
    return this.read(name).toString('latin1');
  }

  /** `<name>.key` and `<name>.pem`, a root of its own. */
  root(name: string, { bits = QUICK_BITS } = {}): void {
    this.run(
      `req -x509 -newkey rsa:${bits} -nodes -keyout ${name}.key -out ${name}.pem -days 3650 -sha256 -subj`,
      `/CN=${name}`,
    );
  }

  /** `<name>.key` and `<name>.pem`, issued by `<issuer>`, with extensions one a line. */
  issue(
    name: string,
    issuer: string,
    { bits = QUICK_BITS, days = 3650, extensions = signerExtensions } = {},
  ): void {
    this.run(`req -newkey rsa:${bits} -nodes -keyout ${name}.key -out ${name}.csr -subj`, `/CN=${name}`);
    this.write(`${name}.ext`, extensions.join('\n'));
    const serial = `-CAserial ${issuer}.srl -CAcreateserial`;
    this.run(
      `x509 -req -in ${name}.csr -CA ${issuer}.pem -CAkey ${issuer}.key ${serial} -days ${days} -sha256 -extfile ${name}.ext -out ${name}.pem`,
    );
  }

  serialOf(name: string): string {
    return this.run(`x509 -in ${name}.pem -noout -serial`).trim().replace('serial=', '');
  }

  /** A revocation list in PEM with some serial numbers in hex. */
  revocationList(issuer: string, serials: readonly string[]): Buffer {
    const entries = serials.map((serial) => `R\t340101000000Z\t240101000000Z\t${serial}\tunknown\t/CN=x\n`);
    this.write('index.txt', entries.join(''));
    this.write(
      'ca.cnf',
      '[ca]\ndefault_ca=here\n[here]\ndatabase=index.txt\ndefault_md=sha256\ndefault_crl_days=30\n',
    );
    this.run(`ca -gencrl -config ca.cnf -keyfile ${issuer}.key -cert ${issuer}.pem -out list.crl`);
    return this.read('list.crl');
  }

  /** A file and a signature directly behind it, as S43 p254 has it made. `how`, `more`: other words. */
  sign(
    content: string | Uint8Array,
    signer: string,
    how = 'smime -sign -binary -outform PEM',
    more = '',
  ): Buffer {
    this.write('unsigned', content);
    this.run(`${how} -in unsigned -out signature -signer ${signer}.pem -inkey ${signer}.key ${more}`);
    return Buffer.concat([this.read('unsigned'), this.read('signature')]);
  }
}

/** Keys of this length are made in no time, and allowed to sign (S43 p281). */
const QUICK_BITS = 1024;

/** What S43 p281 asks of a signing certificate. */
export const signerExtensions = [
  'basicConstraints=critical,CA:false',
  'keyUsage=critical,digitalSignature',
  'extendedKeyUsage=codeSigning,emailProtection',
  'subjectKeyIdentifier=hash',
  'authorityKeyIdentifier=keyid',
];

export const intermediateExtensions = [
  'basicConstraints=critical,CA:true',
  'keyUsage=critical,keyCertSign,cRLSign',
  'subjectKeyIdentifier=hash',
  'authorityKeyIdentifier=keyid',
];
