import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { compileFile, compileFolder } from './compile.mjs';
import { copyRepository } from './copy.mjs';
import { sourceOf } from './source.mjs';

/** Many times what all scenarios take on a slow machine: whoever runs longer does not end. */
const RUN_MAX_MS = 90_000;
/** So much memory, MiB: a loop that collects things ends here before the machine does. */
const MEMORY_MAX_MIB = 1024;

/** Plays the shipped scenarios over a copy of the sources, compiled once, and changes one file at a time. */
export class ScenarioJudge {
  #root;
  #player;

  constructor(root) {
    this.#root = root;
    process.on('exit', () => this.#player?.kill('SIGKILL'));
  }

  static open(repository) {
    const root = copyRepository(repository);
    for (const folder of ['src', 'test/contract']) compileFolder(join(root, folder));
    return new ScenarioJudge(root);
  }

  get root() {
    return this.#root;
  }

  load(file) {
    return import(join(this.#root, file.replace(/\.ts$/, '.js')));
  }

  /** With nothing inverted: which scenario does not hold, and why. */
  async complaints() {
    const { file, why } = await this.#play();
    return why === '' ? [] : [`without any mutation: ${file ?? ''} ${why}`];
  }

  /**
   * Which scenario notices a mutation, `first` asked before all others: `{ file, why }`. Without a file
   * none does, or, if there is a `why`, the mutated sources do not even load, which proves nothing.
   */
  async invert(mutation, first) {
    const { original, mutated } = sourceOf(this.#root, mutation);
    const path = join(this.#root, mutation.file);
    try {
      compileFile(path, mutated);
      return await (first === undefined ? this.#play() : this.#play(first));
    } catch (error) {
      return { why: error.message };
    } finally {
      compileFile(path, original);
    }
  }

  async #play(...first) {
    const { lines, errors, end } = await this.#playerOf(first);
    const last = lines.at(-1);
    if (last === undefined) return { why: `the sources do not load: ${errors}` };
    if (last.held) return { why: '' };
    if (last.failed !== undefined) return { file: last.failed, why: last.why };
    return { file: last.playing, why: end === 'SIGKILL' ? 'does not end' : `ends the process (${end})` };
  }

  /** What a process that plays scenarios said, and how it ended: its exit code, or what killed it. */
  #playerOf(first) {
    const script = join(import.meta.dirname, 'play-scenarios.mjs');
    this.#player = spawn(
      process.execPath,
      [`--max-old-space-size=${MEMORY_MAX_MIB}`, script, this.#root, ...first],
      { stdio: ['ignore', 'pipe', 'pipe'], timeout: RUN_MAX_MS, killSignal: 'SIGKILL' },
    );
    const player = this.#player;
    const said = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr']) {
      player[name].setEncoding('utf8').on('data', (text) => {
        said[name] += text;
      });
    }
    return new Promise((resolve, reject) => {
      player.on('error', reject);
      player.on('close', (code, signal) => {
        const lines = said.stdout.split('\n').slice(0, -1);
        resolve({ lines: lines.map((line) => JSON.parse(line)), errors: said.stderr, end: signal ?? code });
      });
    });
  }
}
