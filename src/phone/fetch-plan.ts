import type { Circumstances } from '../device/circumstances.ts';
import { wholeOf } from '../device/received-file.ts';
import type { Refusal } from '../device/verdict.ts';
import { verifyConfiguration } from '../device/verify-configuration.ts';
import { problem } from '../provisioning/problem-codes.ts';
import { parseProvisioningFile } from '../provisioning/provisioning-file.ts';
import type { Section } from '../provisioning/section.ts';
import { type DownloadOrder, download } from './download.ts';
import { circumstancesOf } from './phone-circumstances.ts';
import { tellProblems, toldProblem } from './told.ts';

/** The provisioning file to fetch. */
export interface PlanOrder {
  readonly fetched: DownloadOrder;
  /** `any`: boot loader and UNIStim software know no security policy (Assumed). */
  readonly signature: 'as-policy-says' | 'any';
  /** How far the phone's clock is from the world's. */
  readonly clockAheadMs: number;
}

/** What a provisioning file holds; nothing when it was refused and not read. */
export interface Plan {
  readonly file: string;
  readonly sections: readonly Section[];
  readonly refusal?: Refusal;
}

/**
 * Fetches the provisioning file, verifies and reads it, tells what is wrong with it, and gives its sections.
 * Throws `TransportError`.
 */
export async function fetchPlan(order: PlanOrder): Promise<Plan> {
  const { unit, check, request } = order.fetched;
  if (check === 1 && saysLessThanAPhone(order.fetched)) {
    const message = `User-Agent "${request.userAgent}" lacks the junk byte that captured phones send; --user-agent-byte sends it`;
    unit.record(toldProblem(problem('USER_AGENT_WITHOUT_BYTE', { message }), check));
  }
  const file = await download(order.fetched);
  const verdict = verifyConfiguration('provisioning-file', file, circumstancesFor(order));
  if (verdict.verdict === 'refused') {
    return { file: file.name, sections: [], refusal: verdict };
  }
  const bytes = wholeOf(verdict.keeps ?? file);
  const read = parseProvisioningFile(bytes, { file: file.name, quirks: unit.world.quirks });
  unit.record({
    type: 'provisioning-file.read',
    check,
    file: file.name,
    sections: read.sections.map((section) => section.name),
    cutOff: read.cutOff,
  });
  tellProblems(unit, [...verdict.problems, ...read.problems], check);
  return { file: file.name, sections: read.sections };
}

function circumstancesFor({ fetched, signature, clockAheadMs }: PlanOrder): Circumstances {
  const circumstances = circumstancesOf(fetched.unit, clockAheadMs);
  return signature === 'any' ? { ...circumstances, roots: [] } : circumstances;
}

function saysLessThanAPhone({ unit, request }: DownloadOrder): boolean {
  const overHttp = request.protocol === 'http' || request.protocol === 'https';
  return overHttp && unit.setup.serverOwner === 'foreign' && unit.setup.userAgentByte === undefined;
}
