import { versionKeyOf } from '../device/version-key.ts';
import type { Fact, PhoneEvent } from '../events/phone-event.ts';
import { refusalCodes } from '../events/refusal-code.ts';
import { transferCodes } from '../events/transfer-code.ts';
import { problem } from '../provisioning/problem-codes.ts';
import type { Severity } from '../provisioning/words.ts';
import type { TransportError } from '../transport/transport.ts';
import { planOf } from './check-orders.ts';
import { type CheckProgress, sectionInTurn } from './check-progress.ts';
import type { Plan } from './fetch-plan.ts';
import type { Kept } from './keep.ts';
import { deviceCertificateNote } from './obstacle.ts';
import { sourceOfTurn } from './section-turn.ts';
import { toldProblem } from './told.ts';
import { QUESTION_MS } from './user-facts.ts';

// The facts a check tells, made of its progress.

/** The section in turn is fetched: the decision, and what there is to say about where its files come from. */
export function downloadDecided(progress: CheckProgress): readonly PhoneEvent[] {
  const sourceProblems = sourceOfTurn(progress).problems.map((told) => toldProblem(told, progress.check));
  return [decided(progress), ...sourceProblems, ...deviceCertificateNote(progress)];
}

/** The phone asks before it takes a section with PROMPT YES. */
export function installAsked(progress: CheckProgress): PhoneEvent {
  const { name } = sectionInTurn(progress);
  return { type: 'question.asked', question: 'install-section', section: name, expiresInMs: QUESTION_MS };
}

export function installAnswered(answer: 'yes' | 'no', by: 'user' | 'expiry' | 'cancelled'): PhoneEvent {
  return { type: 'question.answered', question: 'install-section', answer, by };
}

/** The phone asks about a file that arrived. */
export function fileQuestionAsked(progress: CheckProgress): PhoneEvent {
  const { kind, file, fingerprint } = questionAsked(progress);
  return {
    type: 'question.asked',
    question: kind,
    section: sectionInTurn(progress).name,
    file,
    ...(fingerprint !== undefined && { fingerprint }),
    expiresInMs: QUESTION_MS,
  };
}

export function fileQuestionAnswered(
  progress: CheckProgress,
  answer: Fact<'question.answered'>['answer'],
  by: Fact<'question.answered'>['by'],
): PhoneEvent {
  return { type: 'question.answered', question: questionAsked(progress).kind, answer, by };
}

function questionAsked({ asked }: CheckProgress) {
  if (asked === undefined) throw new Error('nothing is asked about a file');
  return asked.question;
}

/** Later was the answer: the section keeps its version and is offered again. */
export function putOff(progress: CheckProgress): readonly PhoneEvent[] {
  return [decided(progress), sectionFinished(progress)];
}

/** The section in turn is skipped. */
export function skipDecided(progress: CheckProgress): readonly PhoneEvent[] {
  const { decision, check } = progress;
  const section = sectionInTurn(progress);
  const facts = [decided(progress), sectionFinished(progress)];
  if (decision?.action !== 'skip') return facts;
  const code =
    decision.why === 'wrong-hardware'
      ? 'WRONG_HARDWARE'
      : decision.why === 'refused-name'
        ? 'BAD_NAME'
        : undefined;
  if (code !== undefined) {
    const message = `[${section.name}] ${section.files[0]?.name ?? section.version}: ${refusalCodes[code]}`;
    return [...facts, toldProblem({ severity: 'error', code, ...whereNamed(progress), message }, check)];
  }
  return decision.why === 'later' ? [...facts, restartOnce(progress)] : facts;
}

function restartOnce(progress: CheckProgress): PhoneEvent {
  const message =
    'another image right after a restart: it waits for the next check, since one restart never causes a second';
  return toldProblem(problem('RESTART_ONCE', { ...whereNamed(progress), message }), progress.check);
}

function decided(progress: CheckProgress): Fact<'section.decided'> {
  const { decision, unit } = progress;
  const section = sectionInTurn(progress);
  if (decision === undefined) throw new Error(`[${section.name}] is not decided`);
  const stored = unit.setup.flash.read().versions[versionKeyOf(section.name)] ?? null;
  return { type: 'section.decided', ...placeOf(progress), decision, offered: section.version, stored };
}

/** What became of the section in turn. */
export function sectionFinished(progress: CheckProgress): Fact<'section.finished'> {
  const { decision, sectionError, identical, stored, incomplete, unit } = progress;
  const version = unit.setup.flash.read().versions[versionKeyOf(sectionInTurn(progress).name)] ?? null;
  const place = placeOf(progress);
  if (decision?.action !== 'download') return { type: 'section.finished', ...place, result: 'none', version };
  if (sectionError !== undefined) {
    return { type: 'section.finished', ...place, result: 'kept', version, error: sectionError };
  }
  if (incomplete) return { type: 'section.finished', ...place, result: 'kept', version };
  return {
    type: 'section.finished',
    ...place,
    result: identical && !stored ? 'identical' : 'stored',
    version,
  };
}

/** A file of the section in turn, or the provisioning file itself, did not arrive. */
export function transferFailed(
  progress: CheckProgress,
  error: TransportError,
  of: 'provisioning-file' | 'section',
): PhoneEvent {
  const where =
    of === 'section' ? whereNamed(progress) : { file: planOf(progress.unit, progress.purpose).file };
  const message = `${error.message}${error.message.endsWith('.') ? '' : '.'} ${transferCodes[error.code]}`;
  return toldProblem(
    { severity: lossSeverity(progress), code: error.code, ...where, message },
    progress.check,
  );
}

/** The provisioning file arrived and is not read. */
export function planRefused(progress: CheckProgress, { file, refusal }: Plan): readonly PhoneEvent[] {
  if (refusal === undefined) return [];
  const { check } = progress;
  const { code, message } = refusal;
  return [
    { type: 'provisioning-file.refused', check, file, code, message },
    toldProblem({ severity: lossSeverity(progress), code, file, message }, check),
  ];
}

/** A file that arrived was not taken. */
export function fileNotTaken(progress: CheckProgress, kept: Kept): readonly PhoneEvent[] {
  if (kept.kept === 'waits') return [restartOnce(progress)];
  if (kept.kept !== 'refused' || kept.code === 'FLASH') return [];
  const { message } = kept;
  const told = { severity: lossSeverity(progress), code: kept.code, ...whereNamed(progress), message };
  return [toldProblem(told, progress.check)];
}

/** Where the provisioning file names the file in turn: its FILENAME line, else the section's header. */
function whereNamed(progress: CheckProgress) {
  const section = sectionInTurn(progress);
  const line = section.files[progress.fileTurn]?.line ?? section.line;
  return { section: section.name, file: planOf(progress.unit, progress.purpose).file, line };
}

export function imageWriting(progress: CheckProgress): PhoneEvent {
  return {
    type: 'firmware.writing',
    from: progress.unit.setup.flash.read().software,
    to: progress.load ?? '',
  };
}

export function imageWritten(progress: CheckProgress): readonly PhoneEvent[] {
  return [{ type: 'firmware.written', software: progress.load ?? '' }, sectionFinished(progress)];
}

export function imageIdenticalUnfetched({ unit }: CheckProgress): PhoneEvent {
  return { type: 'firmware.identical', software: unit.setup.flash.read().software };
}

export function checkTookTooLong(progress: CheckProgress): PhoneEvent {
  const message = 'the check took longer than a phone allows in all, and was ended';
  return toldProblem({ severity: 'error', code: 'TIMEOUT', message }, progress.check);
}

/** The boot loader tries again; only when it gives up is something lost. */
function lossSeverity({ purpose }: CheckProgress): Severity {
  return purpose === 'recovery' ? 'warning' : 'error';
}

function placeOf(progress: CheckProgress) {
  return { check: progress.check, index: progress.turn + 1, section: sectionInTurn(progress).name };
}
