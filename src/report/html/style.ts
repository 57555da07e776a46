import { html, type Markup } from './markup.ts';

/**
 * The style sheet of a report's page: light or dark as the reader's system is, one column on a phone, and
 * black on white on paper. Every pair of colours has a contrast of 4.5 to 1 at least (WCAG 2.2, 1.4.3).
 */
export const pageStyle: Markup = html`
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1a1d21; --quiet: #59616b; --edge: #d5dae0; --raised: #f5f7f9; --link: #0b57d0;
  --good: #17622f; --good-back: #dff4e5; --bad: #a3151c; --bad-back: #fde6e5;
  --doubt: #714700; --doubt-back: #fff1cf; --busy: #16477e; --busy-back: #dcebfb; --asks: #5b2d8a; --asks-back: #efe4fa;
  --panel: #dfe7d3; --panel-ink: #1e2b17; --panel-edge: #8a997c;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #131619; --ink: #e7e9eb; --quiet: #a4adb6; --edge: #383f46; --raised: #1c2024; --link: #8fb8ff;
    --good: #86dfa0; --good-back: #14361f; --bad: #ffa29b; --bad-back: #481b1b;
    --doubt: #f1c36b; --doubt-back: #3a2b09; --busy: #a5cdfa; --busy-back: #17344f; --asks: #d3b4f5; --asks-back: #362052;
    --panel: #25301e; --panel-ink: #d6e6c8; --panel-edge: #5f7152;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  max-width: 74rem; margin: 0 auto; padding: 1.5rem clamp(0.75rem, 3vw, 2rem) 3rem;
  background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Liberation Sans", sans-serif;
  overflow-wrap: anywhere;
}
h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; }
h1 { margin: 0 0 1rem; font-size: clamp(1.4rem, 4vw, 2rem); }
h2 { margin: 2.5rem 0 0.75rem; font-size: 1.3rem; }
h3 { display: inline; margin: 0; font-size: 1rem; }
h4 { margin: 1.75rem 0 0.25rem; font-size: 1rem; }
p { margin: 0 0 0.75rem; max-width: 62rem; }
a { color: var(--link); text-underline-offset: 0.15em; }
code, pre, dd .line { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; font-size: 0.875em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px; }
dl, dd { margin: 0; }
footer { margin-top: 3rem; border-top: 1px solid var(--edge); padding-top: 1rem; color: var(--quiet); font-size: 0.875rem; }
header > .quiet { margin: 0 0 0.25rem; }
.quiet { color: var(--quiet); }
.tally { display: flex; flex-wrap: wrap; gap: 0.5rem; }
.tally div {
  display: flex; flex-direction: column-reverse; min-width: 6.5rem; padding: 0.5rem 0.875rem;
  border: 1px solid var(--edge); border-radius: 8px; background: var(--raised);
}
.tally dt { color: var(--quiet); font-size: 0.8125rem; overflow-wrap: normal; }
.tally dd { font-size: 1.375rem; white-space: nowrap; font-weight: 600; font-variant-numeric: tabular-nums; }
.badge {
  display: inline-block; padding: 0.1em 0.6em; border: 1px solid currentColor; border-radius: 1em;
  font-size: 0.8125rem; font-weight: 600; line-height: 1.4; white-space: nowrap; vertical-align: 0.1em;
}
h1 .badge { font-size: 0.55em; vertical-align: 0.3em; }
.badge.passed { color: var(--good); background: var(--good-back); }
.badge.failed { color: var(--bad); background: var(--bad-back); }
.badge.error { color: var(--doubt); background: var(--doubt-back); }
.wide { overflow-x: auto; margin: 0 0 1.25rem; }
table { width: 100%; border-collapse: collapse; font-size: 0.875rem; }
caption { padding: 0.25rem 0; color: var(--quiet); font-weight: 600; text-align: left; }
th, td { padding: 0.3rem 0.75rem 0.3rem 0; border-bottom: 1px solid var(--edge); text-align: left; vertical-align: top; }
thead th { color: var(--quiet); font-weight: 600; white-space: nowrap; }
th, td { overflow-wrap: break-word; }
td:last-child { min-width: 8rem; overflow-wrap: anywhere; }
td.number:last-child { min-width: 0; overflow-wrap: normal; }
tbody th { font-weight: 500; }
caption.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.number { width: 1%; text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
tr.bad, tr.bad th { color: var(--bad); }
tr.good, tr.good th { color: var(--good); }
tr.doubtful, tr.doubtful th { color: var(--doubt); }
tr.quiet, tr.quiet th { color: var(--quiet); }
tr.strong, tr.strong th { font-weight: 650; }
td em { display: block; font-style: normal; }
.choice { display: inline-flex; flex-wrap: wrap; gap: 0.25rem 1rem; margin: 0 0 1rem; padding: 0.25rem 0.875rem 0.4rem; border: 1px solid var(--edge); border-radius: 8px; }
.choice legend { padding: 0 0.35rem; color: var(--quiet); font-size: 0.8125rem; }
body:has(#shown-unmet:checked) .scenario.passed { display: none; }
summary { cursor: pointer; }
.scenario { margin: 0 0 0.625rem; border: 1px solid var(--edge); border-left: 4px solid var(--good); border-radius: 8px; }
.scenario.failed { border-left-color: var(--bad); }
.scenario.error { border-left-color: var(--doubt); }
.scenario > summary { padding: 0.625rem 0.875rem; background: var(--raised); border-radius: 7px; }
.scenario > summary > * { margin-right: 0.5rem; }
.story { padding: 1rem 0.875rem 0.25rem; scroll-margin-top: 4rem; }
.story details { margin: 0 0 1rem; }
.story details > summary { padding: 0.2rem 0; color: var(--link); }
.about { display: grid; gap: 0.15rem 1rem; margin: 0 0 1rem; font-size: 0.875rem; }
.about div { display: grid; grid-template-columns: 5rem 1fr; }
.about dt { color: var(--quiet); }
pre.error { overflow-x: auto; white-space: pre-wrap; padding: 0.75rem; border-radius: 6px; color: var(--doubt); background: var(--doubt-back); }
.difference { margin: 0 0 1rem; padding: 0.125rem 0.875rem 0.25rem; border: 1px solid var(--bad); border-radius: 8px; }
.difference h4 { margin-top: 0.625rem; }
.difference .mark { color: var(--bad); }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr)); gap: 0.75rem; margin: 0 0 0.75rem; }
.sides dt { color: var(--quiet); font-size: 0.8125rem; font-weight: 600; }
.sides dd { padding: 0.4rem 0.6rem; border-radius: 6px; background: var(--raised); }
.line { display: block; white-space: pre-wrap; min-height: 1.5em; }
.missing { color: var(--good); background: var(--good-back); }
.surplus { color: var(--bad); background: var(--bad-back); }
.phone { margin-top: 1.5rem; border-top: 1px solid var(--edge); }
.phone h4 { margin-top: 1rem; }
figure { margin: 0.75rem 0 1.25rem; }
figure .wide { margin: 0 0 0.25rem; }
figcaption { max-width: 62rem; color: var(--quiet); font-size: 0.8125rem; }
.timeline { display: block; width: 100%; min-width: 46rem; height: auto; font: 11px system-ui, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
.timeline text { fill: var(--ink); }
.timeline .lane, .timeline .tick text { fill: var(--quiet); }
.timeline .tick text { font-variant-numeric: tabular-nums; }
.timeline path { fill: none; stroke: var(--edge); }
.timeline .tick path { stroke-dasharray: 2 3; }
.timeline rect { fill: var(--busy-back); stroke: var(--busy); stroke-width: 0.75; }
.timeline .phase-off rect { fill: var(--raised); stroke: var(--quiet); }
.timeline .phase-idle rect { fill: var(--good-back); stroke: var(--good); }
.timeline .phase-login rect, .timeline .phase-banner rect { fill: var(--asks-back); stroke: var(--asks); }
.timeline .phase-writing rect, .timeline .phase-restarting rect { fill: var(--doubt-back); stroke: var(--doubt); }
.timeline .phase-recovery rect, .timeline .phase-no-address rect { fill: var(--bad-back); stroke: var(--bad); }
.timeline .transfer rect { fill: var(--good-back); stroke: var(--good); }
.timeline .transfer-failed rect { fill: var(--bad-back); stroke: var(--bad); stroke-width: 2; }
.timeline .transfer-failed text { fill: var(--bad); }
.timeline .dnd rect { fill: var(--doubt-back); stroke: var(--doubt); }
.timeline .held path { stroke: var(--good); stroke-width: 2; }
.timeline .held text { fill: var(--good); }
.timeline .unmet path { stroke: var(--bad); stroke-width: 2; }
.timeline .unmet text { fill: var(--bad); font-weight: 600; }
.timeline .lcd path { stroke: var(--quiet); }
.timeline .lcd rect { fill: var(--panel); stroke: var(--panel-edge); stroke-width: 1; }
.timeline .lcd text { fill: var(--panel-ink); font: 10px ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
.timeline .lcd .soft-key { font-size: 9px; }
@media screen and (max-width: 40rem) {
  .spare { display: none; }
  th, td { padding-right: 0.45rem; font-size: 0.8125rem; }
  td:last-child { min-width: 7rem; }
  .scenario > summary > h3 { display: block; margin-top: 0.35rem; }
  .tally div { flex: 1 0 5.5rem; min-width: min-content; padding: 0.4rem 0.6rem; }
}
@media print {
  @page { margin: 15mm 13mm; }
  html { font-size: 9.5pt; }
  body { max-width: none; padding: 0; }
  tbody th:not(.number) { min-width: 9rem; overflow-wrap: anywhere; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  a { color: inherit; text-decoration: none; }
  .choice { display: none; }
  .wide { overflow: visible; }
  .timeline { min-width: 0; }
  .scenario > summary, h2, h4, caption, thead { break-after: avoid; }
  tr, figure, .sides, .tally { break-inside: avoid; }
  details:not([open]) { break-inside: avoid; }
}
`;
