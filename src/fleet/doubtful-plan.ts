import { formatDuration } from '../clock/durations.ts';
import { isOwnFamily, parseLoad } from '../provisioning/load.ts';
import { quote } from '../provisioning/quote.ts';
import { counted } from '../report/result-words.ts';
import type { Complaints } from '../scenario/complaints.ts';
import { type FleetPlan, isServerEvent } from './fleet-plan.ts';
import { MACS_OF_A_MAKER } from './population.ts';

/** Tells what a plan cannot be run with, though each part of it is sound. */
export function complainAboutPlan(plan: FleetPlan, complaints: Complaints): void {
  complainOfIdentities(plan, complaints);
  complainOfServer(plan, complaints);
  complainOfTimes(plan, complaints);
  complainOfRelease(plan, complaints);
  if (plan.time === 'jump' && plan.arrivals.kind === 'rate') {
    const message =
      'goes without time jump, which leaps over the waits that make a rate; expected real or virtual';
    complaints.tell(['fleet', 'arrivals', 'rate'], message);
  }
  const isListedAgain = plan.identities?.some(({ at = [] }) => at.length > 1) === true;
  if (isListedAgain && plan.life.kind !== 'boot') {
    const word = plan.life.kind === 'duration' ? 'duration' : 'iterations';
    const message = 'goes without several moments of a phone in identities: these say when it boots again';
    complaints.tell(['fleet', word], message);
  }
  if (plan.arrivals.kind === 'closed' && plan.life.kind === 'duration') {
    const message = 'phones that stay up make no room for the next; expected iterations, or no duration';
    complaints.tell(['fleet', 'arrivals', 'concurrency'], message);
  }
}

function complainOfIdentities(plan: FleetPlan, complaints: Complaints): void {
  const { count, firstIndex, identities, macBase, sources } = plan;
  const last = firstIndex + count - 1;
  if (identities !== undefined && identities.length < count) {
    const message = `${counted(count, 'phone')}, and ${identities.length} in the list of identities`;
    complaints.tell(['fleet', 'count'], message);
  }
  const free = MACS_OF_A_MAKER - Number.parseInt(macBase.slice(6), 16);
  if (identities === undefined && last >= free) {
    const message = `phone ${last} has no MAC: from ${macBase} on the maker's block holds ${free}`;
    // Without a first index no default comes near the end of its block.
    complaints.tell(['fleet', firstIndex > 0 ? 'firstIndex' : 'macBase'], message);
  }
  if (sources !== undefined && sources.size < count) {
    const message = `${sources.text} has ${counted(sources.size, 'address', 'addresses')}; expected one for each of ${count} phones`;
    complaints.tell(['fleet', 'sources'], message);
  }
}

function complainOfRelease({ release }: FleetPlan, complaints: Complaints): void {
  if (release?.section !== 'FW') return;
  const load = parseLoad(release.version);
  if (load !== undefined && isOwnFamily(load)) return;
  const message = `${quote(release.version)} is no load of these phones; expected one such as SIP12x004.04.09.00`;
  complaints.tell(['fleet', 'release', 'FW'], message);
}

/** What would never come. */
function complainOfTimes({ life, events }: FleetPlan, complaints: Complaints): void {
  if (life.kind !== 'duration') return;
  for (const [index, { kind, atMs }] of events.entries()) {
    if (atMs < life.ms) continue;
    const message = `${kind} at ${formatDuration(atMs)} would never come: the duration is ${formatDuration(life.ms)}`;
    complaints.tell(['fleet', 'events', index, 'at'], message);
  }
}

function complainOfServer({ server, events, kinds, time }: FleetPlan, complaints: Complaints): void {
  if (server.kind === 'embedded') return;
  for (const [index, event] of events.entries()) {
    if (!isServerEvent(event)) continue;
    const message = `${event.kind} goes with server.files only: nobody but you can do that to a server of yours`;
    complaints.tell(['fleet', 'events', index, event.kind], message);
  }
  for (const [index, { state }] of kinds.entries()) {
    if (state !== 'provisioned') continue;
    const message = 'goes with server.files only, which a boot would read; expected phone.flash';
    complaints.tell(['fleet', 'mix', index, 'state'], message);
  }
  if (server.kind === 'none' && time === 'virtual')
    complaints.tell(['server'], 'without a server no phone of a fleet has anything to do');
}
