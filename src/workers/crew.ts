import { Worker } from 'node:worker_threads';

/** Threads that do one kind of work. Tasks and answers are plain data: they are copied on their way. */
export interface Crew<Task, Answer> {
  /** Given to the next thread that is free. Rejects when its thread ends over it. */
  do(task: Task): Promise<Answer>;
  /** Ends every thread at once; tasks under way reject. */
  stop(): Promise<void>;
}

/** What a thread says of a task: its answer, or why there is none. */
export type TaskEnd<Answer> =
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly message: string };

interface Waiting<Task, Answer> {
  readonly task: Task;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

interface Hand<Task, Answer> {
  readonly thread: Worker;
  busyWith: Waiting<Task, Answer> | undefined;
}

/** Starts threads of an entry file, which does its work with `workAs`. */
export function startCrew<Task, Answer>(entry: URL, size: number): Crew<Task, Answer> {
  const waiting: Waiting<Task, Answer>[] = [];
  const hands = new Set<Hand<Task, Answer>>();
  const give = () => {
    for (const hand of hands) {
      if (hand.busyWith !== undefined) continue;
      const next = waiting.shift();
      if (next === undefined) return;
      hand.busyWith = next;
      hand.thread.postMessage(next.task);
    }
  };
  const dismiss = (hand: Hand<Task, Answer>, error: Error) => {
    hands.delete(hand);
    hand.busyWith?.reject(error);
    hand.busyWith = undefined;
    if (hands.size > 0) return;
    for (const { reject } of waiting.splice(0)) reject(error);
  };
  for (let number = 0; number < size; number++) {
    const hand: Hand<Task, Answer> = { thread: new Worker(entry), busyWith: undefined };
    hands.add(hand);
    // Nobody but our own entry speaks on this port.
    hand.thread.on('message', (end: TaskEnd<Answer>) => {
      const done = hand.busyWith;
      hand.busyWith = undefined;
      if (end.ok) done?.resolve(end.answer);
      else done?.reject(new Error(end.message));
      give();
    });
    hand.thread.on('error', (error) =>
      dismiss(hand, error instanceof Error ? error : new Error(String(error))),
    );
    hand.thread.on('exit', () => dismiss(hand, new Error('A worker thread ended')));
  }
  return {
    do: (task) =>
      new Promise<Answer>((resolve, reject) => {
        if (hands.size === 0) {
          reject(new Error('No worker thread is left'));
          return;
        }
        waiting.push({ task, resolve, reject });
        give();
      }),
    stop: async () => {
      await Promise.all([...hands].map(({ thread }) => thread.terminate()));
    },
  };
}
