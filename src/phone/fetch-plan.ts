import { problem } from '../provisioning/problem-codes.ts';
import { parseProvisioningFile } from '../provisioning/provisioning-file.ts';
import type { Section } from '../provisioning/section.ts';
import { type DownloadOrder, download } from './download.ts';
import { toldProblem } from './told.ts';

/**
 * Fetches the provisioning file, reads it, tells what is wrong with it, and gives its sections. Throws
 * `TransportError`.
 */
export async function fetchPlan(order: DownloadOrder): Promise<readonly Section[]> {
  const { unit, check, request } = order;
  if (check === 1 && saysLessThanAPhone(order)) {
    const message = `User-Agent "${request.userAgent}" lacks the junk byte that captured phones send; --user-agent-byte sends it`;
    unit.record(toldProblem(problem('USER_AGENT_WITHOUT_BYTE', { message }), check));
  }
  const file = await download(order);
  const plan = parseProvisioningFile(file.bytes ?? file.head, { file: file.name, quirks: unit.world.quirks });
  unit.record({
    type: 'provisioning-file.read',
    check,
    file: file.name,
    sections: plan.sections.map((section) => section.name),
    cutOff: plan.cutOff,
  });
  for (const told of plan.problems) unit.record(toldProblem(told, check));
  return plan.sections;
}

function saysLessThanAPhone({ unit, request }: DownloadOrder): boolean {
  const overHttp = request.protocol === 'http' || request.protocol === 'https';
  return overHttp && unit.setup.serverOwner === 'foreign' && unit.setup.userAgentByte === undefined;
}
