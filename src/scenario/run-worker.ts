import { workAs } from '../workers/work-as.ts';
import { type Job, type JobDone, runJob } from './run-job.ts';

// The entry of a thread that runs scenarios. Whoever started it ends it: nothing interrupts a job.
workAs<Job, JobDone>(async (job) => {
  const done = await runJob(job, new AbortController().signal);
  if (done === undefined) throw new Error('A scenario was interrupted by nobody');
  return done;
});
