import type { networkProblemCodes } from '../provisioning/network-problem-codes.ts';
import { type ProblemCodeName, problemCodes } from '../provisioning/problem-codes.ts';
import type { Rule, RuleText } from './rule.ts';
import { rulesOfContent, rulesOfRefusal } from './rules-of-content.ts';
import { rulesOfReading } from './rules-of-reading.ts';
import { rulesOfServer, rulesOfTransfer } from './rules-of-transfer.ts';
import { rulesOfSettings, rulesOfTree } from './rules-of-tree.ts';

/**
 * Codes that only a phone at work can tell: of its flash, its restarts, the course of a check, and of files
 * it asks for by the name of its user.
 */
type OnlyAtWork =
  | 'PROFILE_LINE'
  | 'PROFILE_ENTRY'
  | 'PROFILE_FULL'
  | 'UNKNOWN_KEY_TYPE'
  | 'FEATURE_KEY'
  | 'ADDRESS_BOOK_FULL'
  | keyof typeof networkProblemCodes
  | 'USER_AGENT_WITHOUT_BYTE'
  | 'FW_IDENTICAL'
  | 'NO_BOOT_FILE'
  | 'FLASH'
  | 'MANUAL_VALUE_STAYS'
  | 'RESTART_ONCE'
  | 'CHECK_REFUSED'
  | 'CHECK_IN_CALL'
  | 'CHECK_IGNORED'
  | 'RESTART_PENDING'
  | 'NOTIFY_REFUSED'
  | 'NO_TIME'
  | 'NO_LICENCE'
  | 'LICENCE_REQUIRED'
  | 'LOGIN_REFUSED'
  | 'SECOND_USER';

// Fails to compile when a code a tree can lead to has no text here.
const rulesOfPhones = {
  ...rulesOfReading,
  ...rulesOfContent,
  ...rulesOfServer,
} satisfies Record<Exclude<ProblemCodeName, OnlyAtWork>, RuleText>;

/** The stable name of a rule: the code a phone would tell, or one of lint's own. */
export type RuleId =
  | keyof typeof rulesOfPhones
  | keyof typeof rulesOfRefusal
  | keyof typeof rulesOfTransfer
  | keyof typeof rulesOfTree
  | keyof typeof rulesOfSettings;

/** The rules by subject, as the document shows them. */
export const ruleGroups: readonly {
  readonly title: string;
  readonly rules: Readonly<Record<string, Rule>>;
}[] = [
  { title: 'The tree as a whole', rules: rulesOfTree },
  { title: 'Lines, sections and keywords', rules: asPhonesTell(rulesOfReading) },
  {
    title: 'Settings, and what other files hold',
    rules: { ...rulesOfSettings, ...asPhonesTell(rulesOfContent) },
  },
  { title: 'Files a phone would refuse', rules: asErrors(rulesOfRefusal) },
  { title: 'Files that do not arrive', rules: asErrors(rulesOfTransfer) },
  { title: 'Servers and addresses', rules: asPhonesTell(rulesOfServer) },
];

const rules: ReadonlyMap<string, Rule> = new Map(ruleGroups.flatMap((group) => Object.entries(group.rules)));

/** Every rule by its name. */
export const ruleIds: readonly string[] = [...rules.keys()];

/** The rule of a code that a phone would tell. Asserts that there is one: a code without a rule is a bug. */
export function ruleIdOf(code: string): RuleId {
  if (!isRuleId(code)) throw new Error(`there is no lint rule ${code}`);
  return code;
}

export function isRuleId(text: string): text is RuleId {
  return rules.has(text);
}

export function ruleOf(id: RuleId): Rule {
  const rule = rules.get(id);
  if (rule === undefined) throw new Error(`there is no lint rule ${id}`);
  return rule;
}

function asPhonesTell(texts: Readonly<Partial<Record<ProblemCodeName, RuleText>>>): Record<string, Rule> {
  const codes: Readonly<Record<string, Pick<Rule, 'severity'>>> = problemCodes;
  return Object.fromEntries(
    Object.entries(texts).map(([code, text]) => [
      code,
      { severity: codes[code]?.severity ?? 'error', ...text },
    ]),
  );
}

/** A file that is refused or does not arrive fails a boot, so it is an error here too. */
function asErrors(texts: Readonly<Record<string, RuleText>>): Record<string, Rule> {
  return Object.fromEntries(
    Object.entries(texts).map(([code, text]) => [code, { severity: 'error', ...text }]),
  );
}
