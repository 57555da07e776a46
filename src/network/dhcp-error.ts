import type { DhcpCode } from '../events/dhcp-code.ts';

/** A phone that got no lease. Match on `code`, which is stable; `cause` keeps the system's own error. */
export class DhcpError extends Error {
  override readonly name = 'DhcpError';
  readonly code: DhcpCode;

  /** @param detail one sentence about what happened, for people. */
  constructor(code: DhcpCode, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
  }
}
