/** Why an input gives nothing to record. */
export type InputCode =
  | 'NOT_READABLE'
  | 'TOO_LARGE'
  | 'BAD_GZIP'
  | 'EMPTY'
  | 'UNKNOWN_FORMAT'
  | 'TOO_MANY'
  | 'NO_PHONES';

/** An input that cannot be recorded. Match on `code`; the message begins with the input's name. */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly code: InputCode;

  constructor(code: InputCode, file: string, why: string, options?: ErrorOptions) {
    super(`${file}: ${why}`, options);
    this.code = code;
  }
}
