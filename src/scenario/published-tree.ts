import { makeImage } from '../device/image.ts';
import { directoryStore, type FileStore, memoryStore, type ServedFile } from '../server/file-store.ts';
import { DEMO_IMAGE_SIZE_BYTES, demoStore } from './demo-tree.ts';
import { IMAGE_BYTES_MIN } from './tree.schema.ts';

/** A layer of a server's tree with its folders found; plain data, so that a worker can have it. */
export type Layer =
  | { readonly kind: 'demo' }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'files'; readonly files: Readonly<Record<string, LayerFile>> };

/** A text, or where the bytes are from. */
export type LayerFile =
  | string
  | { readonly folder: string; readonly name: string }
  | { readonly image: string; readonly sizeBytes?: number }
  | { readonly sizeBytes: number };

/** A server's tree that changes while it is served: what is published last wins, what is removed is gone. */
export class PublishedTree implements FileStore {
  #layers: readonly FileStore[] = [];

  constructor(layers: readonly Layer[]) {
    this.publish(layers);
  }

  publish(layers: readonly Layer[]): void {
    this.#layers = [...layers.map(storeOf).toReversed(), ...this.#layers];
  }

  remove(paths: readonly string[]): void {
    const gone = new Set(paths.map(withoutLeadingSlash));
    const below = this.#layers;
    this.#layers = [
      { find: (path) => (gone.has(withoutLeadingSlash(path)) ? undefined : findIn(below, path)) },
    ];
  }

  find(path: string): ServedFile | undefined {
    return findIn(this.#layers, path);
  }
}

function findIn(layers: readonly FileStore[], path: string): ServedFile | undefined {
  for (const layer of layers) {
    const file = layer.find(path);
    if (file !== undefined) return file;
  }
  return undefined;
}

function storeOf(layer: Layer): FileStore {
  switch (layer.kind) {
    case 'demo':
      return theDemo();
    case 'folder':
      return directoryStore(layer.path);
    case 'files':
      return filesStore(layer.files);
  }
}

let demo: FileStore | undefined;

/** Made once in a process: its image has four megabytes. */
function theDemo(): FileStore {
  demo ??= demoStore(DEMO_IMAGE_SIZE_BYTES);
  return demo;
}

/**
 * In the name of a file: the MAC of any phone, each of which then finds it under its own name. In the text of
 * such a file: the MAC of the phone that asks.
 */
const ANY_MAC = '<MAC>';
const MAC = /[0-9A-F]{12}/;

function filesStore(files: Readonly<Record<string, LayerFile>>): FileStore {
  const held = new Map(
    Object.entries(files).map(([path, file]) => [withoutLeadingSlash(path), fileStore(path, file)]),
  );
  const hasOneForAny = [...held.keys()].some((path) => path.includes(ANY_MAC));
  return {
    find: (path) => {
      const name = withoutLeadingSlash(path);
      const named = held.get(name);
      if (named !== undefined || !hasOneForAny) return named?.find(name);
      return held.get(name.replace(MAC, ANY_MAC))?.find(name);
    },
  };
}

/** One file, by whatever name it is asked for. */
function fileStore(path: string, file: LayerFile): FileStore {
  if (typeof file === 'string') {
    return path.includes(ANY_MAC) && file.includes(ANY_MAC) ? textForAny(file) : oneFile(file);
  }
  if ('folder' in file) {
    const folder = directoryStore(file.folder);
    return { find: () => folder.find(file.name) };
  }
  return oneFile('image' in file ? image(file) : new Uint8Array(file.sizeBytes));
}

function oneFile(body: Uint8Array | string): FileStore {
  const store = memoryStore({ it: body });
  return { find: () => store.find('it') };
}

function textForAny(text: string): FileStore {
  return {
    find: (name) => oneFile(text.replaceAll(ANY_MAC, MAC.exec(name)?.[0] ?? ANY_MAC)).find(name),
  };
}

/** Images by load and size: making one takes longer than serving it. */
const images = new Map<string, Uint8Array>();
const IMAGES_MAX = 32;

function image({
  image: load,
  sizeBytes = IMAGE_BYTES_MIN,
}: {
  readonly image: string;
  readonly sizeBytes?: number;
}) {
  const key = `${load} ${sizeBytes}`;
  const made = images.get(key) ?? makeImage({ load, sizeBytes });
  if (images.size >= IMAGES_MAX) images.clear();
  images.set(key, made);
  return made;
}

function withoutLeadingSlash(path: string): string {
  return path.replace(/^\/+/, '');
}
