import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { junitReport } from '../../src/report/junit.ts';
import { resultJunit } from '../../src/report/result-junit.ts';
import { aResult, aScenario, hostileText, unmetExpectation } from '../report/a-result.ts';
import { peerSuite } from './available.ts';
import type { Need } from './peer.ts';
import { programFile } from './program.ts';

/** The schema of Jenkins' xUnit plugin, as scripts/install-peers.sh unpacks it. */
const schema = join(import.meta.dirname, '..', '..', '.cache', 'peers', 'junit-xsd', 'jenkins-junit.xsd');

const xmllint: Need = {
  name: 'xmllint',
  programs: ['xmllint'],
  runsAs: 'anyone',
  alsoLacks: () => (existsSync(schema) ? undefined : 'the JUnit schema of Jenkins'),
};

peerSuite('JUnit reports by the schema of Jenkins itself', [xmllint], () => {
  function complaints(report: string) {
    const { status, stderr } = spawnSync(programFile('xmllint'), ['--noout', '--schema', schema, '-'], {
      input: report,
      encoding: 'utf8',
    });
    return { status, stderr };
  }

  const valid = { status: 0, stderr: '- validates\n' };

  test('a run with a scenario of each verdict, whatever its texts hold', () => {
    const report = resultJunit(
      aResult([
        aScenario(),
        aScenario({
          id: 'b/b.yaml',
          group: hostileText,
          title: hostileText,
          expectations: [unmetExpectation()],
        }),
        aScenario({ id: 'c.yaml', group: '.', title: 'It cannot listen', error: hostileText, phones: [] }),
      ]),
    );
    expect(complaints(report)).toEqual(valid);
  });

  test('findings of lint, and a suite with none', () => {
    const failure = { type: hostileText, message: hostileText, text: hostileText };
    const report = junitReport(hostileText, [
      { name: 'a.cfg', cases: [{ name: hostileText, className: 'a', failure, output: hostileText }] },
      { name: 'empty', cases: [] },
    ]);
    expect(complaints(report)).toEqual(valid);
  });

  test('it would complain', () => {
    expect(complaints('<testsuites><testsuite name="a" colour="x"/></testsuites>').status).toBe(3);
  });
});
