import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createVitest } from 'vitest/node';
import { sourceOf } from './source.mjs';

/** A run of the tests of one rule that takes longer is a mutation without end; a test cannot stop itself. */
const RUN_MAX_MS = 120_000;

/** Runs tests over and over in one process, and changes the sources between the runs. */
export class Judge {
  #root;
  #vitest;

  constructor(root, vitest) {
    this.#root = root;
    this.#vitest = vitest;
  }

  /** `root`: a copy of the repository, to be changed. */
  static async open(root) {
    // A vitest that runs this one has left its own settings in the environment.
    for (const name of Object.keys(process.env)) if (name.startsWith('VITEST')) delete process.env[name];
    process.chdir(root);
    const vitest = await createVitest('test', {
      root,
      config: false,
      watch: false,
      reporters: [{}],
      include: ['test/**/*.test.ts'],
      testTimeout: 30_000,
      maxWorkers: 2,
    });
    return new Judge(root, vitest);
  }

  load(file) {
    return this.#vitest.import(join(this.#root, file));
  }

  async close() {
    await this.#vitest.close();
  }

  /** What makes rules unfit to be judged, a sentence each: their tests run once with nothing inverted. */
  async complaints(mutations) {
    const proofs = mutations.flatMap(({ rule }) => rule.provenBy);
    const ran = await this.#run(proofs);
    const missing = proofs.flatMap(({ file, titles }) =>
      titles
        .filter((title) => !ran.tests.some((test) => test.file === file && test.name.includes(title)))
        .map((title) => `${file}: no test "${title}"`),
    );
    const failed = ran.tests
      .filter((test) => test.state === 'failed')
      .map((test) => `${test.file}: "${test.name}" fails without any mutation: ${test.why}`);
    return [...new Set([...ran.broken, ...missing, ...failed])];
  }

  /** Whether the tests of a rule notice that it is inverted. */
  async invert(mutation) {
    const { original, mutated } = sourceOf(this.#root, mutation);
    this.#write(mutation.file, mutated);
    try {
      const { tests, broken } = await this.#run(mutation.rule.provenBy);
      if (broken.length > 0) return { verdict: 'BROKEN', why: broken[0] };
      if (tests.some((test) => test.state === 'failed')) return { verdict: 'caught', why: '' };
      return {
        verdict: 'SURVIVED',
        why: `passed all the same: ${tests.map((test) => test.name).join('; ')}`,
      };
    } finally {
      this.#write(mutation.file, original);
    }
  }

  async #run(proofs) {
    const files = [...new Set(proofs.map(({ file }) => file))];
    const titles = [...new Set(proofs.flatMap((proof) => proof.titles))];
    this.#vitest.setGlobalTestNamePattern(new RegExp(titles.map(asPattern).join('|')));
    const project = this.#vitest.getRootProject();
    const paths = files.map((file) => join(this.#root, file));
    const watchdog = setTimeout(
      () => {
        console.error(`the tests do not end: ${files.join(', ')}`);
        process.exit(2);
      },
      RUN_MAX_MS * (proofs.length > 10 ? 10 : 1),
    );
    const { testModules } = await this.#vitest.runTestSpecifications(
      paths.map((path) => project.createSpecification(path)),
    );
    clearTimeout(watchdog);
    const modules = testModules.filter(({ moduleId }) => paths.includes(moduleId));
    return {
      tests: modules.flatMap((module) => this.#testsOf(module, proofs)),
      broken: modules.flatMap((module) =>
        module.errors().map(({ message }) => `${this.#relative(module)} cannot be loaded: ${message}`),
      ),
    };
  }

  /** The tests of a file that its proofs name; the pattern also finds those that another file's do. */
  #testsOf(module, proofs) {
    const file = this.#relative(module);
    const titles = proofs.filter((proof) => proof.file === file).flatMap((proof) => proof.titles);
    return [...module.children.allTests()]
      .map((test) => ({ file, name: test.fullName, ...outcomeOf(test) }))
      .filter(({ name, state }) => state !== 'skipped' && titles.some((title) => name.includes(title)));
  }

  #relative({ moduleId }) {
    return moduleId.slice(this.#root.length + 1);
  }

  #write(file, text) {
    const path = join(this.#root, file);
    writeFileSync(path, text);
    this.#vitest.invalidateFile(path);
  }
}

function outcomeOf(test) {
  const { state, errors = [] } = test.result();
  return { state, why: errors[0]?.message ?? '' };
}

/** Vitest parts the names of groups and tests by a blank where it matches, by ` > ` where it tells them. */
function asPattern(title) {
  return title.replaceAll(' > ', ' ').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
