import { causes, classOf } from './cause.ts';
import type { FileFigures } from './figures.ts';

/** Files that the server failed to deliver: what this machine or the phone itself ended is not among them. */
export function errorsOf(files: readonly FileFigures[]): number {
  const ofServer = causes.filter((cause) => classOf(cause) === 'server');
  return files.reduce(
    (sum, file) => sum + ofServer.reduce((errors, cause) => errors + (file.causes[cause] ?? 0), 0),
    0,
  );
}

/**
 * How much phones sent against what the same files take when nothing has to be sent again, to repeat it or to
 * name the user; undefined: they sent nothing.
 */
export function amplificationOf(files: readonly FileFigures[]): number | undefined {
  const sent = files.reduce((sum, file) => sum + file.sent, 0);
  const again = files.reduce(
    (sum, { repeatedRequests, repeatedAcknowledgements, challenged }) =>
      sum + repeatedRequests + repeatedAcknowledgements + challenged,
    0,
  );
  return sent === again ? undefined : sent / (sent - again);
}
