import { provisioningFileName } from '../provisioning/file-name.ts';
import { parseProvisioningFile } from '../provisioning/provisioning-file.ts';
import { models } from '../provisioning/words.ts';
import type { TallyPlan } from '../report/fleet/tally.ts';
import { PublishedTree } from '../scenario/published-tree.ts';
import type { FleetPlan } from './fleet-plan.ts';

/** What is counted of a fleet: the same in all its parts. */
export function tallyPlan(plan: FleetPlan): TallyPlan {
  const { measureFromMs, release } = plan;
  if (release === undefined) return { measureFromMs };
  return { measureFromMs, release: { ...release, publishedMs: publishedMs(plan, release) } };
}

type Watched = NonNullable<FleetPlan['release']>;

/**
 * When a provisioning file offers a release for the first time; if none ever does, when something is
 * published. 0: from the start, or on a server that is not ours.
 */
function publishedMs({ server, events, quirks }: FleetPlan, { section, version }: Watched): number {
  if (server.kind !== 'embedded') return 0;
  const tree = new PublishedTree(server.layers);
  const isOffered = () =>
    models.map(provisioningFileName).some((file) => {
      const served = tree.find(file);
      const { sections = [] } = served
        ? parseProvisioningFile(served.read(0, served.sizeBytes), { file, quirks })
        : {};
      return sections.some((one) => one.name === section && one.version === version);
    });
  if (isOffered()) return 0;
  const publishings = events
    .flatMap((event) => (event.kind === 'publish' ? [event] : []))
    .toSorted((a, b) => a.atMs - b.atMs);
  for (const { atMs, layers } of publishings) {
    tree.publish(layers);
    if (isOffered()) return atMs;
  }
  return publishings[0]?.atMs ?? 0;
}
