import { TransportError } from '../transport/transport.ts';
import { type DownloadOrder, download } from './download.ts';
import { type KeepOrder, type Kept, keep } from './keep.ts';

/** A file to fetch, and how it is to be taken. */
export interface TakeOrder {
  readonly fetched: DownloadOrder;
  readonly kept: Omit<KeepOrder, 'file'>;
}

/** Fetches a file, verifies it and takes it into flash. Throws `TransportError` when it did not arrive. */
export async function takeFile({ fetched, kept }: TakeOrder): Promise<Kept> {
  const file = await download(fetched);
  // The door may have been shut in the very moment the file was whole: a phone without power keeps nothing.
  if (fetched.door.signal.aborted) throw new TransportError('ABORTED', fetched.request, 'ended by the phone');
  return keep({ ...kept, file });
}
