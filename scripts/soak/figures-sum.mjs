/** What all fleets of a soak came to. */
export class FiguresSum {
  requests = 0;
  #fleets = 0;
  #jobs = {};
  #causes = {};

  /** Boots, those of restarts among them, and checks that began. */
  get jobs() {
    return Object.values(this.#jobs).reduce((sum, count) => sum + count, 0);
  }

  add({ figures: { jobs, files } }, requests) {
    this.#fleets++;
    this.requests += requests;
    for (const kinds of Object.values(jobs)) {
      for (const [kind, { begun }] of Object.entries(kinds)) addTo(this.#jobs, kind, begun);
    }
    for (const kinds of Object.values(files)) {
      for (const { causes } of Object.values(kinds)) {
        for (const [cause, count] of Object.entries(causes)) addTo(this.#causes, cause, count);
      }
    }
  }

  say() {
    return `${this.#fleets} fleets, ${listed(this.#jobs)}; files failed: ${listed(this.#causes)}`;
  }
}

function addTo(counts, key, amount) {
  counts[key] = (counts[key] ?? 0) + amount;
}

function listed(counts) {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count.toLocaleString('en-US')} ${name}`)
    .join(', ');
}
