import { closeSync, openSync, writeSync } from 'node:fs';
import type { JournalEntry } from '../events/journal.ts';
import { EcrLog } from '../report/ecr-log.ts';
import { SecurityLog } from '../report/security-log.ts';
import { sayFileFailure } from '../scenario/file-failure.ts';
import { UsageError } from './exit-codes.ts';
import type { PhoneValues } from './phone-options.ts';

/** The logs a phone keeps itself, as files: each record is written when it is made. */
export interface PhoneLogs {
  add(entry: JournalEntry): void;
  /** Why a file is not whole; undefined when all are. */
  close(): string | undefined;
}

/** Opens the files that were asked for, empty. `startedAtMs`: when the run began, since 1970. */
export function openPhoneLogs(
  { ecrLog, securityLog }: Pick<PhoneValues, 'ecrLog' | 'securityLog'>,
  startedAtMs: number,
): PhoneLogs {
  const logs = [
    ...(ecrLog === undefined ? [] : [logTo('--ecr-log', ecrLog, new EcrLog(startedAtMs))]),
    ...(securityLog === undefined
      ? []
      : [logTo('--security-log', securityLog, new SecurityLog(startedAtMs))]),
  ];
  return {
    add: (entry) => {
      for (const log of logs) log.add(entry);
    },
    close: () => logs.map((log) => log.close()).find((failure) => failure !== undefined),
  };
}

function logTo(flag: string, file: string, log: { add(entry: JournalEntry): string }): PhoneLogs {
  let descriptor: number;
  let failure: string | undefined;
  const saying = (error: unknown) => `${flag} ${file}: ${sayFileFailure(error)}`;
  try {
    descriptor = openSync(file, 'w');
  } catch (error) {
    throw new UsageError(saying(error));
  }
  return {
    add: (entry) => {
      const text = log.add(entry);
      if (text === '' || failure !== undefined) return;
      try {
        writeSync(descriptor, text);
      } catch (error) {
        failure = saying(error);
      }
    },
    close: () => {
      closeSync(descriptor);
      return failure;
    },
  };
}
