import type { Circumstances } from '../device/circumstances.ts';
import { Readings } from '../device/readings.ts';
import { wholeOf } from '../device/received-file.ts';
import type { Refusal } from '../device/verdict.ts';
import { verifyConfiguration } from '../device/verify-configuration.ts';
import { problem } from '../provisioning/problem-codes.ts';
import { type ProvisioningFile, parseProvisioningFile } from '../provisioning/provisioning-file.ts';
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
  const kept = verdict.keeps ?? file;
  const { quirks } = unit.world;
  const read = plans.of({ file: kept, quirks }, () =>
    parseProvisioningFile(wholeOf(kept), { file: file.name, quirks }),
  );
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

const plans = new Readings<ProvisioningFile>();

function circumstancesFor({ fetched, signature, clockAheadMs }: PlanOrder): Circumstances {
  const circumstances = circumstancesOf(fetched.unit, clockAheadMs);
  return signature === 'any' ? { ...circumstances, roots: [] } : circumstances;
}

function saysLessThanAPhone({ unit, request }: DownloadOrder): boolean {
  const overHttp = request.protocol === 'http' || request.protocol === 'https';
  return overHttp && unit.setup.serverOwner === 'foreign' && unit.setup.userAgentByte === undefined;
}
