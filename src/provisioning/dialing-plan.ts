import { compileDigitPattern, type DigitProgram } from './digit-pattern.ts';
import type { Problem } from './problem.ts';
import { ProblemList } from './problem-list.ts';
import { quote } from './quote.ts';
import { decode } from './text-encoding.ts';

/** A line of the digit map. */
export interface DialRule {
  /** 1-based. */
  readonly line: number;
  /** As it stands there. */
  readonly pattern: string;
  readonly programs: readonly DigitProgram[];
  /** What is dialed: a text with `$$` and `$x` in it. */
  readonly result: string;
  /** From the first digit to the dialing. */
  readonly timerMs: number;
  /** Documented: S43 p190, the parameter `emergency`. */
  readonly isEmergency: boolean;
}

export interface DialingPlan {
  /** Lines with %%; a plan has one. */
  readonly dividers: number;
  /** By their character, `$t` not among them. */
  readonly variables: ReadonlyMap<string, string>;
  readonly rules: readonly DialRule[];
  readonly problems: readonly Problem[];
}

/** Documented: M40 p75, S43 p105: `$t=10000 (default timer is 10 seconds)`. Assumed: also without a line. */
const DEFAULT_TIMER_MS = 10_000;
/** Our own limits: lines of the digit map, steps of all their programs, characters of a line. */
const RULES_MAX = 500;
const STEPS_MAX = 20_000;
const LINE_LENGTH_MAX = 2_000;

/** `$x=value`; Documented: M40 p75, x is a digit or a letter, quotes are optional. */
const DECLARATION = /^\$([0-9A-Za-z])\s*=\s*(?:"([^"]*)"|([^"\s]*))$/;

/**
 * Reads a dialing plan: declarations, %%, digit map. Documented: M40 p75, M44 p99 and p100, S43 p105 and
 * p190. Assumed: a line that cannot be read is skipped. Takes any bytes, in linear time; never throws.
 */
export function parseDialingPlan(bytes: Uint8Array, file: string): DialingPlan {
  const told = new ProblemList({ file, section: 'DIALING_PLAN' });
  const lines = linesOf(bytes);
  const dividers = lines.filter(({ text }) => text === '%%').length;
  const dividerAt = lines.findIndex(({ text }) => text === '%%');
  const head = dividerAt === -1 ? [] : lines.slice(0, dividerAt);
  const map = dividerAt === -1 ? [] : lines.slice(dividerAt + 1).filter(({ text }) => text !== '%%');
  const { variables, timerMs } = readDeclarations(head, told);
  const rules = readRules(map, { variables, timerMs }, told);
  return { dividers, variables, rules, problems: told.all() };
}

interface PlanLine {
  readonly line: number;
  /** Without comments and the blanks around it, never empty. */
  readonly text: string;
}

/** Documented: M44 p100, comments stand between slash-asterisk and asterisk-slash, as in C. */
function linesOf(bytes: Uint8Array): readonly PlanLine[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return withoutComments(text)
    .split('\n')
    .map((line, index) => ({ line: index + 1, text: decode(line).trim() }))
    .filter(({ text: said }) => said !== '');
}

/**
 * Line feeds within comments stay, so that lines keep their numbers. One that is not closed goes on to the
 * end.
 */
function withoutComments(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (;;) {
    const start = text.indexOf('/*', from);
    if (start === -1) return parts.join('') + text.slice(from);
    parts.push(text.slice(from, start));
    const close = text.indexOf('*/', start + 2);
    from = close === -1 ? text.length : close + 2;
    parts.push(text.slice(start, from).replaceAll(/[^\n]/g, ''));
  }
}

type Declared = { readonly variables: ReadonlyMap<string, string>; readonly timerMs: number };

function readDeclarations(lines: readonly PlanLine[], told: ProblemList): Declared {
  const variables = new Map<string, string>();
  let timerMs = DEFAULT_TIMER_MS;
  for (const { line, text } of lines) {
    const [, name, quoted, bare] = (text.length <= LINE_LENGTH_MAX && DECLARATION.exec(text)) || [];
    const value = quoted ?? bare;
    const timer = timerOf(value);
    if (name === undefined || value === undefined) {
      told.tell('DIAL_RULE', { line, message: `${quote(text)} is skipped; expected $x=value` });
    } else if (name !== 't') {
      variables.set(name, value);
    } else if (timer === undefined) {
      told.tell('DIAL_RULE', { line, message: `$t is ${quote(value)}; expected milliseconds` });
    } else {
      timerMs = timer;
    }
  }
  // Documented: M40 p75, a domain must be defined, and any variable may hold it.
  if (variables.size === 0) {
    told.tell('DIAL_VARIABLE', {
      message: 'no variable is defined; expected one for the domain, such as $n',
    });
  }
  return { variables, timerMs };
}

function readRules(lines: readonly PlanLine[], declared: Declared, told: ProblemList): readonly DialRule[] {
  const rules: DialRule[] = [];
  let steps = 0;
  for (const line of lines) {
    if (rules.length >= RULES_MAX || steps > STEPS_MAX) {
      const message = `the plan is cut off here: it has more than ${RULES_MAX} rules, or longer ones than are taken`;
      told.tell('DIAL_RULE', { line: line.line, message });
      break;
    }
    const rule = readRule(line, declared, told);
    if (rule === undefined) continue;
    rules.push(rule);
    steps += rule.programs.reduce((sum, program) => sum + program.length, 0);
  }
  return rules;
}

function readRule({ line, text }: PlanLine, declared: Declared, told: ProblemList): DialRule | undefined {
  const [pattern = '', result = '', parameters = '', ...rest] = text.split('&&').map((part) => part.trim());
  const isRule = pattern !== '' && result !== '' && rest.length === 0 && text.length <= LINE_LENGTH_MAX;
  const programs = isRule ? compileDigitPattern(pattern) : 'expected pattern && result && parameters';
  if (typeof programs === 'string') {
    told.tell('DIAL_RULE', { line, message: `${quote(text)} is skipped; ${programs}` });
    return undefined;
  }
  for (const [, name = ''] of result.matchAll(/\$([0-9A-Za-z])/g)) {
    if (declared.variables.has(name)) continue;
    told.tell('DIAL_VARIABLE', { line, message: `$${name} is not defined; it stays as it stands` });
  }
  let { timerMs } = declared;
  let isEmergency = false;
  // Documented: S43 p190, parameters are parted by |.
  for (const parameter of parameters.split('|').map((part) => part.trim())) {
    const timer = timerOf(/^t\s*=\s*(\d+)$/.exec(parameter)?.[1]);
    if (timer !== undefined) timerMs = timer;
    else if (parameter === 'emergency') isEmergency = true;
    else if (parameter !== '') {
      const message = `${quote(parameter)} is ignored; expected t=MILLISECONDS or emergency`;
      told.tell('DIAL_RULE', { line, message });
    }
  }
  return { line, pattern, programs, result, timerMs, isEmergency };
}

function timerOf(digits: string | undefined): number | undefined {
  return digits !== undefined && /^\d{1,7}$/.test(digits) ? Number(digits) : undefined;
}
