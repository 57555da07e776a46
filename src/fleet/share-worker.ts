import { workAs } from '../workers/work-as.ts';
import { doShare, type ShareDone, type ShareOrder, type ShareReport, type ShareTask } from './do-share.ts';

// The entry of a thread that runs a share of a fleet.
workAs<ShareTask, ShareDone, ShareOrder, ShareReport>(doShare);
