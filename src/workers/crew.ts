import { Worker } from 'node:worker_threads';

/**
 * Threads that do one kind of work. Tasks, answers, orders and reports are plain data: they are copied on
 * their way.
 */
export interface Crew<Task, Answer, Order = never, Report = never> {
  /**
   * Given to the next thread that is free. `hear` is told what it reports meanwhile. Rejects when its thread
   * ends over it.
   */
  do(task: Task, hear?: (report: Report) => void): Promise<Answer>;
  /** Tells something to every thread that is at work, and to those that begin later. */
  order(order: Order): void;
  /** Ends every thread at once; tasks under way reject. */
  stop(): Promise<void>;
}

/** What goes to a thread. */
export type Sent<Task, Order> =
  | { readonly kind: 'task'; readonly task: Task }
  | { readonly kind: 'order'; readonly order: Order };

/** What a thread says of its task: how it goes, its answer, or why there is none. */
export type Said<Answer, Report> =
  | { readonly kind: 'report'; readonly report: Report }
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'failure'; readonly message: string };

interface Waiting<Task, Answer, Report> {
  readonly task: Task;
  readonly hear: (report: Report) => void;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

interface Hand<Task, Answer, Report> {
  readonly thread: Worker;
  busyWith: Waiting<Task, Answer, Report> | undefined;
}

/** Starts threads of an entry file, which does its work with `workAs`. */
export function startCrew<Task, Answer, Order = never, Report = never>(
  entry: URL,
  size: number,
): Crew<Task, Answer, Order, Report> {
  const waiting: Waiting<Task, Answer, Report>[] = [];
  const hands = new Set<Hand<Task, Answer, Report>>();
  const orders: Order[] = [];
  const tell = ({ thread }: Hand<Task, Answer, Report>, sent: Sent<Task, Order>) => thread.postMessage(sent);
  const give = () => {
    for (const hand of hands) {
      if (hand.busyWith !== undefined) continue;
      const next = waiting.shift();
      if (next === undefined) return;
      hand.busyWith = next;
      tell(hand, { kind: 'task', task: next.task });
      for (const order of orders) tell(hand, { kind: 'order', order });
    }
  };
  const dismiss = (hand: Hand<Task, Answer, Report>, error: Error) => {
    hands.delete(hand);
    hand.busyWith?.reject(error);
    hand.busyWith = undefined;
    if (hands.size > 0) return;
    for (const { reject } of waiting.splice(0)) reject(error);
  };
  for (let number = 0; number < size; number++) {
    const hand: Hand<Task, Answer, Report> = { thread: new Worker(entry), busyWith: undefined };
    hands.add(hand);
    // Nobody but our own entry speaks on this port.
    hand.thread.on('message', (said: Said<Answer, Report>) => {
      if (said.kind === 'report') {
        hand.busyWith?.hear(said.report);
        return;
      }
      const done = hand.busyWith;
      hand.busyWith = undefined;
      if (said.kind === 'answer') done?.resolve(said.answer);
      else done?.reject(new Error(said.message));
      give();
    });
    hand.thread.on('error', (error) =>
      dismiss(hand, error instanceof Error ? error : new Error(String(error))),
    );
    hand.thread.on('exit', () => dismiss(hand, new Error('A worker thread ended')));
  }
  return {
    do: (task, hear = () => {}) =>
      new Promise<Answer>((resolve, reject) => {
        if (hands.size === 0) {
          reject(new Error('No worker thread is left'));
          return;
        }
        waiting.push({ task, hear, resolve, reject });
        give();
      }),
    order: (order) => {
      orders.push(order);
      for (const hand of hands) if (hand.busyWith !== undefined) tell(hand, { kind: 'order', order });
    },
    stop: async () => {
      await Promise.all([...hands].map(({ thread }) => thread.terminate()));
    },
  };
}
