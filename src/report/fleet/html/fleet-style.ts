import { html, type Markup } from '../../html/markup.ts';

/** What the page of a fleet has beside the style of all reports: charts, and what to look at first. */
export const fleetStyle: Markup = html`
:root { --s0: #0b57d0; --s1: #b3480b; --s2: #17622f; --s3: #8a1c6b; --s4: #59616b; --s5: #7a5b00; --s6: #006a6a; }
@media screen and (prefers-color-scheme: dark) {
  :root { --s0: #8fb8ff; --s1: #ffb088; --s2: #86dfa0; --s3: #f2a3dc; --s4: #a4adb6; --s5: #f1c36b; --s6: #7fdede; }
}
.badge.invalid { color: var(--doubt); background: var(--doubt-back); }
.first { margin: 0 0 1.5rem; padding: 0.75rem 1rem 0.75rem 2.25rem; border: 1px solid var(--edge); border-radius: 8px; background: var(--raised); }
.first li { margin: 0.15rem 0; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(30rem, 100%), 1fr)); gap: 0.5rem 1.75rem; }
.chart { margin: 0.75rem 0; min-width: 0; }
.chart h3 { display: block; }
.legend { display: flex; flex-wrap: wrap; gap: 0.1rem 1rem; margin: 0.35rem 0 0.1rem; padding: 0; list-style: none; font-size: 0.8125rem; }
.legend svg { width: 28px; height: 10px; margin-right: 0.35rem; }
.plot { display: block; width: 100%; min-width: 0; height: auto; font: 12px system-ui, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
.plot text { fill: var(--quiet); font-variant-numeric: tabular-nums; }
.plot .tick path { stroke: var(--edge); fill: none; }
.line { fill: none; stroke-width: 1.75; stroke-linejoin: round; }
.area { stroke-width: 0.75; fill-opacity: 0.55; }
.s0 { stroke: var(--s0); } .area.s0 { fill: var(--s0); }
.s1 { stroke: var(--s1); stroke-dasharray: 6 2; } .area.s1 { fill: var(--s1); }
.s2 { stroke: var(--s2); stroke-dasharray: 2 2; } .area.s2 { fill: var(--s2); }
.s3 { stroke: var(--s3); stroke-dasharray: 8 2 2 2; } .area.s3 { fill: var(--s3); }
.s4 { stroke: var(--s4); stroke-dasharray: 4 4; } .area.s4 { fill: var(--s4); }
.s5 { stroke: var(--s5); stroke-dasharray: 1 2; } .area.s5 { fill: var(--s5); }
.s6 { stroke: var(--s6); stroke-dasharray: 10 3; } .area.s6 { fill: var(--s6); }
.area { stroke-dasharray: none; }
.most { stroke-width: 1; stroke-dasharray: none; }
.dot { stroke-width: 5; stroke-linecap: round; stroke-dasharray: none; }
.bars th { width: 1%; padding-right: 0.75rem; font-weight: 500; white-space: nowrap; }
.bars td:last-child { min-width: 6rem; }
.bars svg { display: block; width: 100%; height: 0.9rem; background: var(--raised); }
.bars rect { fill: var(--s0); }
.teller { fill: transparent; }
.teller:hover { fill: var(--quiet); fill-opacity: 0.15; }
@media screen and (max-width: 30rem) {
  .plot { font-size: 19px; }
  .plot .value text { text-anchor: start; transform: translate(-58px, -5px); }
  .plot .tick:not(.value) text { transform: translate(0, 5px); }
}
@media print {
  .charts { grid-template-columns: 1fr 1fr; }
  .chart { break-inside: avoid; }
  .first { break-inside: avoid; }
  table { font-size: 0.72rem; }
  thead th { white-space: normal; }
  th, td { padding-right: 0.35rem; }
  tbody th:not(.number) { min-width: 5rem; }
}
`;
