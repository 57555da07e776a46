import { parentPort } from 'node:worker_threads';
import type { TaskEnd } from './crew.ts';

/** The whole of a worker's entry: does each task that comes, one at a time, and answers it. */
export function workAs<Task, Answer>(work: (task: Task) => Promise<Answer>): void {
  const port = parentPort;
  if (port === null) throw new Error('A worker entry was started outside a worker thread');
  // Nobody but `startCrew` speaks on this port.
  port.on('message', (task: Task) => {
    void work(task)
      .then(
        (answer): TaskEnd<Answer> => ({ ok: true, answer }),
        (error: unknown): TaskEnd<Answer> => ({
          ok: false,
          message: error instanceof Error ? error.message : String(error),
        }),
      )
      .then((end) => port.postMessage(end));
  });
}
