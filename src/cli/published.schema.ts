import { z } from 'zod';
import { dhcpCodes } from '../events/dhcp-code.ts';
import { journalEntrySchema } from '../events/facts.schema.ts';
import { refusalCodes } from '../events/refusal-code.ts';
import { transferCodes } from '../events/transfer-code.ts';
import { fleetSchema } from '../fleet/fleet.schema.ts';
import { lintReportSchema } from '../lint/lint-report.schema.ts';
import { ruleGroups } from '../lint/rules.ts';
import { problemCodes } from '../provisioning/problem-codes.ts';
import { defaultQuirks, quirkTable } from '../provisioning/quirks.ts';
import { captureComparisonSchema } from '../recording/capture-comparison.schema.ts';
import { comparisonSchema } from '../report/comparison.schema.ts';
import { fleetResultSchema } from '../report/fleet/result.schema.ts';
import { outcomeSchema } from '../report/outcome.schema.ts';
import { resultSchema } from '../report/result.schema.ts';
import { verdictCodes } from '../report/verdict-codes.ts';
import { scenarioSchema } from '../scenario/scenario.schema.ts';
import { faultRulesSchema } from '../server/faults.schema.ts';

/** What `deskphone schema NAME` prints: JSON Schemas, and the tables of codes and switches, as data. */
export const published: Readonly<Record<string, { readonly says: string; readonly make: () => unknown }>> = {
  facts: {
    says: 'JSON Schema of a fact: a line of --json between run.started and the outcome',
    // As input: for output each half of an entry would forbid what the other half holds.
    make: () => z.toJSONSchema(journalEntrySchema, { io: 'input' }),
  },
  outcome: {
    says: 'JSON Schema of the last line of boot --json and check --json',
    make: () => z.toJSONSchema(outcomeSchema, { io: 'output' }),
  },
  faults: {
    says: 'JSON Schema of the rules by which the embedded server goes wrong',
    make: () => z.toJSONSchema(faultRulesSchema, { io: 'input' }),
  },
  lint: {
    says: 'JSON Schema of lint --format json',
    make: () => z.toJSONSchema(lintReportSchema, { io: 'output' }),
  },
  rules: { says: 'every rule of lint with severity, reason, source and how to mend it', make: ruleRows },
  scenario: {
    says: 'JSON Schema of a scenario file, for editors',
    make: () => z.toJSONSchema(scenarioSchema, { io: 'input' }),
  },
  fleet: {
    says: 'JSON Schema of a fleet file, for editors',
    make: () => z.toJSONSchema(fleetSchema, { io: 'input' }),
  },
  result: {
    says: 'JSON Schema of the file of deskphone run --report json=FILE',
    make: () => z.toJSONSchema(resultSchema, { io: 'output' }),
  },
  'fleet-result': {
    says: 'JSON Schema of the file of deskphone fleet --report json=FILE, and of merge',
    make: () => z.toJSONSchema(fleetResultSchema, { io: 'output' }),
  },
  comparison: {
    says: 'JSON Schema of the line of diff --json',
    make: () => z.toJSONSchema(comparisonSchema, { io: 'output' }),
  },
  'capture-comparison': {
    says: 'JSON Schema of the line of record --compare --json',
    make: () => z.toJSONSchema(captureComparisonSchema, { io: 'output' }),
  },
  problems: { says: 'every problem code with severity and meaning', make: problemTable },
  quirks: { says: 'every assumption about the phone that has a switch', make: quirkRows },
};

function problemTable() {
  const coded = Object.entries(problemCodes).map(([code, { severity, says }]) => ({ code, severity, says }));
  const errors = Object.entries({ ...dhcpCodes, ...transferCodes, ...refusalCodes, ...verdictCodes }).map(
    ([code, says]) => ({
      code,
      severity: 'error',
      says,
    }),
  );
  return [...coded, ...errors];
}

function ruleRows() {
  return ruleGroups.flatMap(({ rules }) => Object.entries(rules).map(([id, rule]) => ({ id, ...rule })));
}

function quirkRows() {
  const rows = Object.entries(quirkTable).map(([name, { values, says, source, settledBy }]) => ({
    name,
    values,
    default: values[0],
    says,
    source,
    settledBy,
  }));
  const capacity = {
    name: 'customDataMax',
    values: ['BYTES'],
    default: String(defaultQuirks.customDataMax),
    says: 'Bytes of custom data that flash holds; beyond it a file is refused.',
    source: 'The IP Office knowledge base advises at most 500 kB.',
    settledBy: 'A phone that is filled until it refuses a file.',
  };
  return [...rows, capacity];
}
