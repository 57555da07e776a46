import type { ExpectationWord, Expected } from './expectation.schema.ts';
import * as ending from './expectations/ending.ts';
import * as facts from './expectations/facts.ts';
import * as flash from './expectations/flash.ts';
import * as panel from './expectations/panel.ts';
import * as requests from './expectations/requests.ts';
import { sections } from './expectations/sections.ts';
import type { Finding, View } from './finding.ts';
import type { ExpectationCase, OneExpectation } from './scenario-case.ts';

type Judge<W extends ExpectationWord> = (wanted: Expected<W>, view: View) => Finding;

/** Who judges which word. */
const judges: { readonly [W in ExpectationWord]: Judge<W> } = {
  requests: requests.requests,
  'requests.set': requests.requestsSet,
  'requests.some': requests.requestsSome,
  'requests.absent': requests.requestsAbsent,
  sections,
  flash: flash.flash,
  settings: flash.settings,
  screen: panel.screen,
  'screen.absent': panel.screenAbsent,
  shown: panel.shown,
  'shown.absent': panel.shownAbsent,
  dnd: panel.dnd,
  'dnd.history': panel.dndHistory,
  facts: facts.facts,
  'facts.absent': facts.factsAbsent,
  'facts.times': facts.factsTimes,
  durations: facts.durations,
  problems: ending.problems,
  'problems.absent': ending.problemsAbsent,
  failures: ending.failures,
  exit: ending.exit,
  state: ending.state,
  software: ending.software,
  reboots: ending.reboots,
  nextPoll: ending.nextPoll,
};

/** Holds an expectation against one phone as it is now. */
export function judge<W extends ExpectationWord>(
  expectation: OneExpectation<W> | ExpectationCase,
  view: View,
): Finding {
  const { word, value } = expectation as OneExpectation<W>;
  const holdAgainst: Judge<W> = judges[word];
  return holdAgainst(value, view);
}
