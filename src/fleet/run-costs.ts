import type { Clock } from '../clock/clock.ts';
import type { GeneratorHealth } from './generator.ts';

/** What a run costs this process. */
export class Costs {
  readonly #clock: Clock;
  #beganMs = 0;
  #cpu = process.cpuUsage();
  #rssMaxBytes = 0;
  #stopLooking: () => void = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  begin(): void {
    this.#beganMs = this.#clock.now();
    this.#cpu = process.cpuUsage();
    const look = () => {
      this.#rssMaxBytes = Math.max(this.#rssMaxBytes, rssBytes());
      timer = this.#clock.setTimeout(look, LOOK_EVERY_MS);
    };
    let timer: unknown;
    look();
    this.#stopLooking = () => this.#clock.clearTimeout(timer);
  }

  end(): void {
    this.#stopLooking();
  }

  read(): Pick<GeneratorHealth, 'tookMs' | 'cpuMs' | 'rssMaxBytes'> {
    const { user, system } = process.cpuUsage(this.#cpu);
    return {
      tookMs: this.#clock.now() - this.#beganMs,
      cpuMs: (user + system) / 1000,
      rssMaxBytes: Math.max(this.#rssMaxBytes, rssBytes()),
    };
  }
}

const LOOK_EVERY_MS = 1000;

/** 0 where it cannot be known: who asks needs a descriptor, and the phones may have taken the last. */
function rssBytes(): number {
  try {
    return process.memoryUsage.rss();
  } catch {
    return 0;
  }
}
