import { type Outcome, outcomeOf } from '../../src/report/outcome.ts';
import { flashRead, journalOf } from './journals.ts';

type Request = Outcome['requests'][number];

/** Of a phone that asked for its provisioning file and is idle, unless its parts say otherwise. */
export function anOutcome(parts: Partial<Outcome> = {}): Outcome {
  const told = outcomeOf(journalOf([{ type: 'power.on' }, flashRead()]), { failOn: 'error', allow: [] });
  return { ...told, ok: true, failures: [], state: 'idle', requests: [aRequest()], ...parts };
}

export function aRequest(parts: Partial<Request> = {}): Request {
  return {
    file: '1230SIP.cfg',
    url: 'http://10.0.0.1/phones/1230SIP.cfg',
    protocol: 'http',
    result: 'ok',
    bytes: 412,
    ms: 2,
    attempts: 1,
    check: 1,
    section: null,
    ...parts,
  };
}
