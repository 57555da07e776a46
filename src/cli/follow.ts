import { formatDuration } from '../clock/durations.ts';
import type { Authenticity } from '../device/circumstances.ts';
import { factoryFlash } from '../device/flash-contents.ts';
import type { Fact } from '../events/phone-event.ts';
import { openDirectoryFlash } from '../flash/directory-flash.ts';
import { type Flash, FlashError } from '../flash/flash.ts';
import { memoryFlash } from '../flash/memory-flash.ts';
import { handsetFor } from '../phone/handset.ts';
import { phoneMaker } from '../phone/phone-maker.ts';
import { withoutPassword } from '../provisioning/server-address-parts.ts';
import { OutcomeFold } from '../report/outcome.ts';
import { shownKeys } from '../report/secrets.ts';
import { followPhone, type Story, type StoryEnd } from '../scenario/follow-phone.ts';
import { sayWithoutEffect } from '../scenario/press-key.ts';
import { openWorld, type RunningWorld, type RunPlan } from '../scenario/world.ts';
import { readCertificates } from './certificates.ts';
import type { Call } from './command.ts';
import { assertDhcpInterface } from './dhcp-interface.ts';
import { type ExitCode, exitCodes, stoppedBy, UsageError } from './exit-codes.ts';
import { faultsInWords } from './fault-options.ts';
import { followView } from './follow-view.ts';
import type { Io } from './io.ts';
import { withoutPasswords } from './lease-option.ts';
import { assertLocalAddress, listening } from './listening.ts';
import { type NotifyPort, openNotifyPort } from './notified.ts';
import { openPhoneLogs } from './phone-logs.ts';
import type { PhoneValues } from './phone-options.ts';
import { doubtsAbout, planOf } from './run-plan.ts';
import { sayLimit, shortfallOf, staysUp } from './story-end.ts';

/** Runs one phone through a story and shows it: what `boot` and `check` have in common. */
export async function follow(command: 'boot' | 'check', call: Call<PhoneValues>, io: Io): Promise<ExitCode> {
  const { values } = call;
  const plan = planOf(call);
  const ca = values.ca === undefined ? [] : [readCertificates('--ca ', values.ca)];
  const authenticity = authenticityOf(values);
  if (values.dhcp !== undefined) await assertDhcpInterface(values.dhcp);
  if (values.localAddress !== undefined && values.time !== 'virtual') {
    await assertLocalAddress(values.localAddress, io.clock);
  }
  const flash = openFlash(call);
  try {
    if (command === 'check') assertUp(flash);
    const run = await listening(() => openWorld(plan), {
      ports: plan.ports,
      flag: (protocol) => `--ports ${protocol}=PORT`,
    });
    try {
      return await followIn(run, { command, call, io, plan, flash, ca, authenticity });
    } finally {
      await run.close();
    }
  } finally {
    flash.close();
  }
}

interface Following {
  readonly command: 'boot' | 'check';
  readonly call: Call<PhoneValues>;
  readonly io: Io;
  readonly plan: RunPlan;
  readonly flash: Flash;
  readonly ca: readonly string[];
  readonly authenticity: Authenticity;
}

async function followIn(run: RunningWorld, following: Following): Promise<ExitCode> {
  const { command, call, io, flash, ca, authenticity } = following;
  const { values } = call;
  const start = command === 'boot' ? 'power-on' : 'resume';
  const view = followView(values, io, { model: values.model, start });
  const fold = new OutcomeFold();
  const logs = openPhoneLogs(values, run.clock.now());
  run.journal.listen((entry) => {
    fold.add(entry);
    logs.add(entry);
    view.tell(entry);
  });
  const dhcp = run.openDhcp(flash.read().mac);
  const phone = phoneMaker(run.world)({
    model: values.model,
    flash,
    ...(dhcp && { dhcp }),
    server: run.server,
    serverOwner: run.serverOwner,
    ports: run.ports,
    ca,
    tlsVerify: values.insecure ? 'accept-any' : 'verify',
    authenticity,
    ...(values.localAddress !== undefined && { localAddress: values.localAddress }),
    ...(values.userAgentByte !== undefined && { userAgentByte: values.userAgentByte }),
    ...(values.notifyFrom !== undefined && { notifyFrom: values.notifyFrom }),
  });
  const notifyPort = await openNotifyPort(run, phone, values);
  view.begin(runFacts(run, following, notifyPort));
  for (const doubt of doubtsAbout(call.argument)) {
    run.world.record(flash.read().mac, { type: 'problem.told', ...doubt });
  }
  const story: Story = {
    start,
    steps: [
      ...(command === 'boot' ? [] : (['check'] as const)),
      ...values.keys.map((key) => ({ press: key })),
      ...values.then,
    ],
    ...(values.keys.length > 0 && { handset: handsetFor(phone, run.journal) }),
    onKeyWait: (refused) => {
      if (values.time === 'real' && !values.quiet) io.err(`${sayWithoutEffect(refused)}: waiting\n`);
    },
    answering: {
      answers: values.answer ?? {},
      onUnanswered: (asked) => {
        const isHeld = values.time === 'real' && !values.quiet && values.keys.length === 0;
        if (isHeld) io.err(`${sayUnanswered(asked)}\n`);
      },
    },
    staysUp: staysUp(values),
    timeoutMs: values.timeout,
    signal: io.stop,
  };
  try {
    const end = await followPhone(run, phone, story);
    phone.stop();
    const outcome = fold.outcome({ failOn: values.failOn, allow: values.allow }, shortfallOf(end, values));
    view.end(outcome);
    if (end === 'timeout') io.err(`${sayLimit(values)} came before the phone was at rest\n`);
    const code = exitCodeOf(end, outcome.ok, io.stop);
    const failure = logs.close();
    if (failure === undefined) return code;
    io.err(`error: ${failure}\n`);
    return exitCodes.invalidRun;
  } finally {
    await notifyPort.close();
    phone.stop();
  }
}

/** Nothing else moves while a question waits, so whoever watches is told how to go on. */
function sayUnanswered({ question, expiresInMs }: Fact<'question.asked'>): string {
  const waits = expiresInMs === null ? 'waits for a key' : `waits for ${formatDuration(expiresInMs)}`;
  return `question ${question}: ${waits}; --answer ${question}=... answers it, or --keys`;
}

function exitCodeOf(end: StoryEnd, ok: boolean, stop: AbortSignal): ExitCode {
  if (end === 'interrupted') return stoppedBy(stop);
  return ok ? exitCodes.asExpected : exitCodes.failed;
}

/** A phone with half an image cannot be up. */
function assertUp(flash: Flash): void {
  if (flash.read().image === 'ok') return;
  throw new UsageError(
    'flash.json: image is "writing", so the phone cannot be up; expected "ok" (deskphone boot recovers it)',
  );
}

function openFlash(call: Call<PhoneValues>): Flash {
  const { flash, mac, software } = call.values;
  if (flash === undefined) return memoryFlash(factoryFlash({ mac, software }));
  try {
    return openDirectoryFlash(flash, { software, ...(call.given('mac') && { mac }) });
  } catch (error) {
    if (!(error instanceof FlashError)) throw error;
    const where = error.code === 'INVALID' ? `--flash ${flash}: ` : '';
    throw new UsageError(`${where}${error.message}`);
  }
}

/** Throws `UsageError` for a root that cannot be read. */
export function authenticityOf({ authenticity }: Pick<PhoneValues, 'authenticity'>): Authenticity {
  if (typeof authenticity === 'string') return authenticity;
  return { signedBy: readCertificates('--authenticity signed-by=', authenticity.signedBy) };
}

/** What is said before anything happens, so that the run can be repeated. */
function runFacts(run: RunningWorld, { plan, call, flash }: Following, { place }: NotifyPort) {
  const { argument, values } = call;
  const server = argument === undefined ? serverUntold(run, plan) : withoutPassword(argument);
  const { quirk, answer, keys, lease, ...options } = values;
  return {
    mac: flash.read().mac,
    seed: plan.seed,
    time: plan.time,
    timings: plan.timings,
    server,
    ...(place !== undefined && { notify: place }),
    // Answers and keys may be passwords.
    options: {
      ...options,
      keys: shownKeys(keys),
      answer: Object.keys(answer ?? {}),
      quirks: quirk,
      ...(lease && { lease: withoutPasswords(lease) }),
    },
  };
}

function serverUntold({ ports }: RunningWorld, { server, faults = [] }: RunPlan): string {
  if (server.kind === 'none') return 'as DHCP option 66 says';
  const served = Object.entries(ports).map(([protocol, port]) => `${protocol} ${port}`);
  const where = served.length === 0 ? 'embedded, in memory' : `embedded on 127.0.0.1 (${served.join(', ')})`;
  return faults.length === 0 ? where : `${where}, with ${faultsInWords(faults)}`;
}
