import { readFileSync } from 'node:fs';
import type { ReadStream } from 'node:tty';

/** Keys as they are pressed, without Enter. */
export interface Keyboard {
  /** Until the returned function is called. A key that is not a letter or sign is not told. */
  listen(onKey: (key: string) => void): () => void;
}

/** Keys that a terminal makes signals of, unless it is raw. */
const signalOfKey: Readonly<Record<string, NodeJS.Signals>> = {
  '\u0003': 'SIGINT',
  '\u001a': 'SIGTSTP',
  '\u001c': 'SIGQUIT',
};

const ESCAPE = '\u001b';
/** What arrow keys and others send: ECMA-48 section 5.4, and SS3 with its letter. */
const keySequence = new RegExp(`${ESCAPE}(?:\\[[0-?]*[ -/]*[@-~]|O.)`, 'g');

/** Keys of the terminal that stdin is. Node takes the raw mode back whenever the process ends. */
export function terminalKeyboard(stdin: ReadStream): Keyboard {
  return {
    listen: (onKey) => {
      if (!isInForeground()) return () => {};
      const hear = (text: string) => {
        for (const key of text.replaceAll(keySequence, '')) {
          const signal = signalOfKey[key];
          if (signal === undefined) onKey(key);
          else send(signal);
        }
      };
      const send = (signal: NodeJS.Signals) => {
        if (signal !== 'SIGINT') stdin.setRawMode(false);
        process.kill(process.pid, signal);
      };
      const goOn = () => stdin.setRawMode(true);
      stdin.setRawMode(true);
      stdin.setEncoding('utf8').on('data', hear);
      process.on('SIGCONT', goOn);
      return () => {
        process.off('SIGCONT', goOn);
        stdin.off('data', hear).pause();
        stdin.setRawMode(false);
      };
    },
  };
}

/** Places in /proc/self/stat after the command's name (proc_pid_stat(5)). */
const PGRP = 2;
const TPGID = 5;

/** A job in the background is stopped when it touches its terminal; where it cannot be told: yes. */
function isInForeground(): boolean {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[PGRP] === fields[TPGID];
  } catch {
    return true;
  }
}
