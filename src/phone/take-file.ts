import { TransportError } from '../transport/transport.ts';
import { type DownloadOrder, download, downloadIfWanted, type IsWanted } from './download.ts';
import { type KeepOrder, type Kept, keep, leave } from './keep.ts';

/** A file to fetch, and how it is to be taken. */
export interface TakeOrder {
  readonly fetched: DownloadOrder;
  readonly kept: Omit<KeepOrder, 'file'>;
  /** Absent: whatever its age. */
  readonly isWanted?: IsWanted;
}

/** Fetches a file, verifies it and takes it into flash. Throws `TransportError` when it did not arrive. */
export async function takeFile({ fetched, kept, isWanted }: TakeOrder): Promise<Kept> {
  const file = isWanted === undefined ? await download(fetched) : await downloadIfWanted(fetched, isWanted);
  // The door may have been shut in the very moment the file was whole: a phone without power keeps nothing.
  if (fetched.door.isShut) throw new TransportError('ABORTED', fetched.request, 'ended by the phone');
  return file === 'left' ? leave(kept) : keep({ ...kept, file });
}
