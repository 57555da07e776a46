import { describe, test } from 'vitest';
import type { Need } from './peer.ts';
import { findProgram } from './program.ts';

/** A foreign client, which needs no more than its program. */
export function foreignClient(program: string): Need {
  return { name: program, programs: [program], runsAs: 'anyone' };
}

/**
 * A `describe` for tests against programs of others. On a machine that lacks one of them the suite is
 * reported as not run, with what it lacks; with REQUIRE_PEERS=1, as in CI, that is a failure.
 */
export function peerSuite(title: string, needs: readonly Need[], body: () => void): void {
  const lacking = [...new Set(needs.flatMap(whatIsLacking))];
  if (lacking.length === 0) {
    describe(title, body);
    return;
  }
  const reason = `${title} needs ${lacking.join(', ')}: run the tests as root after scripts/install-peers.sh`;
  describe(title, () => {
    if (process.env['REQUIRE_PEERS'] === '1') {
      test('has what it needs', () => {
        throw new Error(reason);
      });
    } else {
      process.stderr.write(`not run here: ${reason}\n`);
      test.skip('not run here');
    }
  });
}

/** In words, what this machine would have to have. Empty: nothing. */
function whatIsLacking({ programs, runsAs, alsoLacks }: Need): string[] {
  const lacking = programs.filter((program) => findProgram(program) === undefined);
  if (runsAs === 'root' && process.getuid?.() !== 0) lacking.push('root');
  // Asked last: it may need the programs.
  const more = lacking.length === 0 ? alsoLacks?.() : undefined;
  return more === undefined ? lacking : [more];
}
