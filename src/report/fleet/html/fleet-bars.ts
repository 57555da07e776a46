import { protocols } from '../../../provisioning/words.ts';
import { durationText, figureText, shareText } from '../figure-text.ts';
import type { FleetFigures } from '../figures.ts';
import { amplificationOf } from '../file-totals.ts';
import { filesOf } from '../metric.ts';
import type { FleetResult } from '../result.ts';
import type { Bars } from './bars.ts';

/** What is told of a fleet by bars: how much was sent in vain, and how its generator fared. */
export function fleetBars({ figures, environment }: FleetResult): readonly Bars[] {
  return [amplificationBars(figures), generatorBars(environment.generators)].filter(
    ({ bars }) => bars.length > 0,
  );
}

function amplificationBars(figures: FleetFigures): Bars {
  const found = protocols.flatMap((protocol) => {
    const amplification = amplificationOf(filesOf(figures, protocol, undefined));
    return amplification === undefined ? [] : [{ protocol, amplification }];
  });
  const most = Math.max(1, ...found.map(({ amplification }) => amplification));
  return {
    title: 'Amplification',
    says: 'What phones sent against the same without repeats and challenges: 1x is the ideal.',
    bars: found.map(({ protocol, amplification }) => ({
      name: protocol,
      text: figureText(amplification, 'factor'),
      part: amplification / most,
    })),
  };
}

const US_A_MS = 1_000;
/** A turn of the event loop that is so late fills its bar. */
const DELAY_SHOWN_MAX_MS = 100;

function generatorBars(generators: FleetResult['environment']['generators']): Bars {
  return {
    title: 'Generator health',
    says: 'How busy each worker was, and how late one in a hundred of its turns came; a full bar is 100 ms.',
    bars: generators.flatMap(({ shard, workers }) =>
      workers.flatMap(({ busyShare, loopDelayMs }, index) => {
        const name = `shard ${shard.index}, worker ${index + 1}`;
        const delay = durationText(Math.round(loopDelayMs.p99 * US_A_MS));
        return [
          { name: `${name}: busy`, text: shareText(busyShare), part: busyShare },
          { name: `${name}: late`, text: delay, part: loopDelayMs.p99 / DELAY_SHOWN_MAX_MS },
        ];
      }),
    ),
  };
}
