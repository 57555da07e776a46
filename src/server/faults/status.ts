import { notAdmitted, notFound, type Refusal } from '../answer.ts';
import type { Fault } from '../fault.ts';

/** Refuses with an HTTP status, or with what comes nearest to it in the protocol of the request. */
export const status: Fault<'status'> = (answer, { status, ftp, tftp }) => {
  const nearest = nearestTo(status);
  return { ...answer, refusal: { http: status, ftp: ftp ?? nearest.ftp, tftp: tftp ?? nearest.tftp } };
};

/** TFTP has a number for few of its errors; the others are 0, "see the message". */
function nearestTo(status: number): Omit<Refusal, 'http'> {
  if (status === 404 || status === 410) return notFound;
  if (status === 401 || status === 403) return notAdmitted;
  if (status === 503) return { ftp: 421, tftp: 0 };
  return { ftp: 450, tftp: 0 };
}
