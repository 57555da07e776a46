import { z } from 'zod';
import { keyed, size, software } from './values.schema.ts';

// Files of a server, as a scenario writes them.

const made = keyed('a file', {
  from: z.string().min(1).optional().describe('A file beside the scenario.'),
  image: software.optional().describe('An image that is this load, made on the spot.'),
  size: size.optional().describe('Its size; of an image at least 64k. Without image: so many zero bytes.'),
})
  .refine(
    ({ from, image, size: bytes }) => (from === undefined) !== (image === undefined && bytes === undefined),
    {
      error: 'expected from, or image, or size',
    },
  )
  .refine(
    ({ image, size: bytes }) => image === undefined || bytes === undefined || bytes >= IMAGE_BYTES_MIN,
    {
      error: 'an image has at least 64k',
    },
  );

/** The smallest that a phone takes for an image. */
export const IMAGE_BYTES_MIN = 64 * 1024;

const file = z
  .union([z.string(), made], {
    error: 'expected the text of a file, or {from: FILE}, {image: LOAD}, {size: 64k}',
  })
  .describe('Its text, or where it is from.');

/** Files by path, as the phone asks for them. */
export const fileMap = z.record(z.string().min(1), file);

const layer = z.union([z.string().min(1), fileMap], {
  error: 'expected a folder, or files by path such as {1230SIP.cfg: "..."}',
});

/** A folder beside the scenario, `demo`, files by path, or a list of these, of which the later wins. */
export const tree = z
  .union([layer, z.array(layer).min(1)])
  .transform((value) => (Array.isArray(value) ? value : [value]))
  .describe('A folder beside the scenario; demo: the demo tree; files by path; or a list, the later wins.');

export type TreeLayer = z.output<typeof layer>;
export type FileSpec = z.output<typeof file>;
