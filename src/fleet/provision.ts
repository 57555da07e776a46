import { VirtualClock } from '../clock/virtual-clock.ts';
import type { FlashContents } from '../device/flash-contents.ts';
import { memoryFlash } from '../flash/memory-flash.ts';
import { phoneMaker } from '../phone/phone-maker.ts';
import { phoneSetup, runPlan } from '../scenario/open-case.ts';
import { PublishedTree } from '../scenario/published-tree.ts';
import type { PhoneCase } from '../scenario/scenario-case.ts';
import { openWorld } from '../scenario/world.ts';
import type { FleetPlan } from './fleet-plan.ts';
import { Population } from './population.ts';
import { serverFor } from './server-for.ts';

/** A plan whose provisioned kinds have the flash that a boot from the fleet's own files leaves. */
export async function provisioned(plan: FleetPlan): Promise<FleetPlan> {
  const kinds = plan.kinds.map(async (kind) => {
    if (kind.state === 'factory') return kind;
    const flash = await flashAfterBoot(plan, kind.phone);
    return { ...kind, phone: { ...kind.phone, flash } };
  });
  return { ...plan, kinds: await Promise.all(kinds) };
}

/** Boots the first phone of the fleet as this kind in virtual time, where nothing fails. */
async function flashAfterBoot(plan: FleetPlan, phone: PhoneCase): Promise<FlashContents> {
  const { server } = plan;
  if (server.kind !== 'embedded') throw new Error('A fleet is provisioned from files of its own only');
  const { link: _, ...near } = plan;
  const faultless = { ...near, time: 'virtual' as const, server: { ...server, faults: [] } };
  const world = await openWorld(runPlan(faultless, new PublishedTree(server.layers)));
  const { clock } = world;
  if (!(clock instanceof VirtualClock)) throw new Error('Phones are provisioned in virtual time');
  const { mac, protocol } = new Population(plan).member(plan.firstIndex);
  const first = { ...phone, flash: { ...phone.flash, mac } };
  const flash = memoryFlash(first.flash);
  const made = phoneMaker(world.world)({
    ...phoneSetup(first, flash, world),
    server: serverFor(world, protocol),
  });
  try {
    made.send({ type: 'power.on' });
    await clock.runWhile(() => !made.atRest(), plan.limitMs);
    return flash.read();
  } finally {
    made.stop();
    await world.close();
  }
}
