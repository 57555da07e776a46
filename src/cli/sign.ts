import { readFileSync, writeFileSync } from 'node:fs';
import { Option } from 'commander';
import type { DigestName } from '../device/file-ending.ts';
import { type SigningKey, SigningKeyError, signFile } from '../device/sign-file.ts';
import { complaintAboutSigning, type SignedKind, signedKinds } from '../device/signable.ts';
import { makeTestSigner } from '../device/signing-key.ts';
import { sayFileFailure } from '../scenario/file-failure.ts';
import type { Call, Command } from './command.ts';
import { type ExitCode, exitCodes, UsageError } from './exit-codes.ts';
import type { Io } from './io.ts';
import { whyOverwriting } from './same-file.ts';

interface SignValues {
  readonly out?: string;
  readonly kind?: SignedKind;
  readonly digest: DigestName;
  readonly key?: string;
  readonly cert?: string;
  readonly keyOut?: string;
  readonly certOut?: string;
  readonly rootOut?: string;
}

/** Life of a test certificate. */
const TEST_DAYS = 3650;

export const signCommand: Command<SignValues> = {
  argumentSays: 'what to sign; it stays as it is',
  options: [
    new Option('--out <FILE>', 'where the signed file goes'),
    new Option('--kind <KIND>', 'what the file is').choices(signedKinds),
    new Option('--digest <NAME>', "openssl's default, or what the published files have")
      .choices(['sha256', 'sha1'] satisfies DigestName[])
      .default('sha256'),
    new Option('--key <FILE>', 'RSA key to sign with, PEM').default(undefined, 'a test key is made'),
    new Option('--cert <FILE>', 'its certificate and any between it and the root, PEM'),
    new Option('--key-out <FILE>', 'write the test key here, for --key next time'),
    new Option('--cert-out <FILE>', 'write its certificate here, for --cert next time'),
    new Option('--root-out <FILE>', "write the test root here, for the phone's [USER_KEYS]"),
  ],
  examples: [
    [
      'deskphone sign French.lng --kind language --out signed/French.lng --root-out root.pem',
      'with a test key made on the spot, under the root in root.pem',
    ],
    [
      'deskphone sign policy.txt --kind policy --out policy.txt.sig --key signer.key --cert signer.pem',
      'with a key of your own',
    ],
  ],
  run: async (call, io) => sign(call, io),
};

function sign({ argument = '', values }: Call<SignValues>, io: Io): ExitCode {
  const { out, kind, digest } = values;
  if (out === undefined) throw new UsageError('--out FILE is missing: where the signed file goes');
  if (kind === undefined) throw new UsageError(`--kind is missing: one of ${signedKinds.join(', ')}`);
  refuseLosses(argument, values);
  const content = read(argument);
  const complaint = complaintAboutSigning(kind, content);
  if (complaint !== undefined) throw new UsageError(`${argument}: ${complaint}`);
  const signer = signerOf(values, io.clock.now());
  const signed = signWith(signer, content, digest);
  write('--out', out, signed);
  tell({ file: argument, out, kind, digest, bytes: signed.length }, values, io);
  return exitCodes.asExpected;
}

/** Refuses to write over what is read. */
function refuseLosses(file: string, { key, cert, out, keyOut, certOut, rootOut }: SignValues): void {
  const inputs = [file, key, cert].filter((input) => input !== undefined);
  const outputs = { '--out': out, '--key-out': keyOut, '--cert-out': certOut, '--root-out': rootOut };
  for (const [option, output] of Object.entries(outputs)) {
    const lost = output === undefined ? undefined : whyOverwriting(output, inputs);
    if (lost !== undefined) throw new UsageError(`${option} ${output}: ${lost}`);
  }
}

/** The key that was given, or one made and written where the options say. */
function signerOf(values: SignValues, nowMs: number): SigningKey {
  const { key, cert, keyOut, certOut, rootOut } = values;
  if ((key === undefined) !== (cert === undefined)) throw new UsageError('--key and --cert go together');
  if (key !== undefined && cert !== undefined) {
    if ((keyOut ?? certOut ?? rootOut) !== undefined) {
      throw new UsageError('--key-out, --cert-out and --root-out go with a test key, not with --key');
    }
    return { key: read(key).toString('latin1'), certificates: read(cert).toString('latin1') };
  }
  const made = makeTestSigner({ notBefore: nowMs, days: TEST_DAYS });
  if (keyOut !== undefined) write('--key-out', keyOut, made.key, 0o600);
  if (certOut !== undefined) write('--cert-out', certOut, made.certificate);
  if (rootOut !== undefined) write('--root-out', rootOut, made.root);
  return { key: made.key, certificates: made.certificate };
}

function signWith(signer: SigningKey, content: Uint8Array, digest: DigestName): Uint8Array {
  try {
    return signFile(content, signer, digest);
  } catch (error) {
    if (error instanceof SigningKeyError) throw new UsageError(`--key, --cert: ${error.message}`);
    throw error;
  }
}

function tell(
  told: { file: string; out: string; kind: SignedKind; digest: DigestName; bytes: number },
  { rootOut, json, quiet }: Call<SignValues>['values'],
  io: Io,
): void {
  if (json) {
    io.out(`${JSON.stringify({ type: 'file.signed', ...told })}\n`);
    return;
  }
  if (quiet) return;
  io.out(`signed ${told.file} as ${told.kind}: ${told.out}, ${told.bytes} bytes\n`);
  if (rootOut !== undefined) io.out(`  trusted by a phone that has ${rootOut} as its root\n`);
}

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UsageError(`${file}: ${sayFileFailure(error)}`);
  }
}

function write(option: string, file: string, content: string | Uint8Array, mode = 0o644): void {
  try {
    writeFileSync(file, content, { mode });
  } catch (error) {
    throw new UsageError(`${option} ${file}: ${sayFileFailure(error)}`);
  }
}
