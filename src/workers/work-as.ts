import { parentPort } from 'node:worker_threads';
import type { Said, Sent } from './crew.ts';

/** What a thread has of its lead while it works on a task. */
export interface Lead<Order, Report> {
  report(report: Report): void;
  /** Calls `listener` with every order from now on, those that came since the task included. */
  heed(listener: (order: Order) => void): void;
}

/** The whole of a worker's entry: does each task that comes, one at a time, and answers it. */
export function workAs<Task, Answer, Order = never, Report = never>(
  work: (task: Task, lead: Lead<Order, Report>) => Promise<Answer>,
): void {
  const port = parentPort;
  if (port === null) throw new Error('A worker entry was started outside a worker thread');
  const say = (said: Said<Answer, Report>) => port.postMessage(said);
  let orders = new Orders<Order>();
  // Nobody but `startCrew` speaks on this port.
  port.on('message', (sent: Sent<Task, Order>) => {
    if (sent.kind === 'order') {
      orders.take(sent.order);
      return;
    }
    orders = new Orders();
    const { heed } = orders;
    void work(sent.task, { report: (report) => say({ kind: 'report', report }), heed }).then(
      (answer) => say({ kind: 'answer', answer }),
      (error: unknown) =>
        say({ kind: 'failure', message: error instanceof Error ? error.message : String(error) }),
    );
  });
}

/** Orders of one task: kept until somebody heeds them. */
class Orders<Order> {
  readonly #kept: Order[] = [];
  #listener: ((order: Order) => void) | undefined;

  readonly take = (order: Order): void => {
    if (this.#listener === undefined) this.#kept.push(order);
    else this.#listener(order);
  };

  readonly heed = (listener: (order: Order) => void): void => {
    this.#listener = listener;
    for (const order of this.#kept.splice(0)) listener(order);
  };
}
