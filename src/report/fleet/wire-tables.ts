import { type Protocol, protocols } from '../../provisioning/words.ts';
import { notifyAnswers } from '../user-sayings.ts';
import { busiestSecond, busiestSessions } from './busiest.ts';
import { countText, durationText, shareText } from './figure-text.ts';
import type { CountedPerSecond, FileFigures, FleetFigures } from './figures.ts';
import { filesOf, merged, timeToShare } from './metric.ts';
import { ignoredNotifies } from './result-words.ts';
import type { FleetTable } from './tables.ts';

/** What the server had to bear, protocol by protocol: at once, a second, and for a file to begin. */
export function wireTable(figures: FleetFigures): FleetTable {
  return {
    title: 'Connections and repeats',
    columns: [
      { title: 'Protocol' },
      { title: 'Requests/s', align: 'right' },
      { title: 'Sessions', align: 'right' },
      { title: 'Connections', align: 'right' },
      { title: '/s', align: 'right' },
      { title: 'TLS full', align: 'right' },
      { title: 'Resumed', align: 'right' },
      { title: 'Look-ups', align: 'right' },
      { title: 'Connect p95', align: 'right', spare: true },
      { title: 'Requests again', align: 'right', spare: true },
      { title: 'ACKs again', align: 'right', spare: true },
      { title: 'Challenged', align: 'right', spare: true },
    ],
    rows: protocols.flatMap((protocol) => {
      const files = filesOf(figures, protocol, undefined);
      if (files.length === 0) return [];
      const total = (of: (file: FileFigures) => number) =>
        countText(files.reduce((sum, file) => sum + of(file), 0));
      const connect = merged(files.map((file) => file.connect));
      const cells = [
        protocol,
        sayBusiest(figures, 'requests', protocol),
        countText(busiestSessions(figures, protocol) ?? 0),
        total(({ connections }) => connections),
        sayBusiest(figures, 'connections', protocol),
        total(({ tlsFull }) => tlsFull),
        total(({ tlsResumed }) => tlsResumed),
        total(({ lookUps }) => lookUps),
        connect.count === 0 ? '' : durationText(connect.p95Us),
        total(({ repeatedRequests }) => repeatedRequests),
        total(({ repeatedAcknowledgements }) => repeatedAcknowledgements),
        total(({ challenged }) => challenged),
      ];
      return [{ cells }];
    }),
  };
}

/** A result from before seconds were counted does not know it. */
function sayBusiest(figures: FleetFigures, counted: CountedPerSecond, protocol: Protocol): string {
  if (figures.perSecond === undefined) return 'unknown';
  return countText(busiestSecond(figures, counted, protocol) ?? 0);
}

/** How long checks kept phones from being called. */
export function dndTable({ dnd }: FleetFigures): FleetTable {
  const { count, sumUs, minUs, p50Us, p95Us, p99Us, maxUs } = dnd;
  const times = [minUs, sumUs / Math.max(1, count), p50Us, p95Us, p99Us, maxUs];
  return {
    title: 'Do Not Disturb of phones at a check',
    columns: ['Times', 'Least', 'Mean', 'p50', 'p95', 'p99', 'Max'].map((title) => ({
      title,
      align: 'right',
    })),
    rows:
      count === 0 ? [] : [{ cells: [countText(count), ...times.map((us) => durationText(Math.round(us)))] }],
  };
}

/** What phones made of NOTIFYs that were to start a check, and did not. */
export function notifyTable(figures: FleetFigures): FleetTable {
  return {
    title: 'NOTIFYs that led to no check',
    columns: [{ title: 'Why' }, { title: 'Times', align: 'right' }],
    rows: ignoredNotifies(figures).map(({ why, count }) => ({
      cells: [notifyAnswers[why], countText(count)],
      tone: 'doubtful',
    })),
  };
}

/** How fast a release spread, from its publishing. */
export function spreadTable(figures: FleetFigures): FleetTable {
  const { release } = figures;
  const columns: FleetTable['columns'] = [
    { title: 'Release' },
    { title: 'Phones', align: 'right' },
    { title: 'Have it', align: 'right' },
    { title: '50% after', align: 'right' },
    { title: '95% after', align: 'right' },
    { title: '100% after', align: 'right' },
  ];
  const title = 'How the release spread';
  if (release === null || release.phones === 0) return { title, columns, rows: [] };
  const { section, version, phones, onTarget } = release;
  const after = [50, 95, 100].map((percent) => {
    const us = timeToShare(figures, percent);
    return us === undefined ? 'never' : durationText(us);
  });
  const have = `${countText(onTarget)} (${shareText(onTarget / phones)})`;
  const cells = [`${section} ${version}`, countText(phones), have, ...after];
  return { title, columns, rows: [onTarget === phones ? { cells } : { cells, tone: 'doubtful' }] };
}
