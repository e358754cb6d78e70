import { z } from 'zod';

/** What package-lock.json (format 3) says of one installed package, keyed by its folder; only what we read of it. */
const lockedPackage = z.object({
  version: z.string(),
  license: z.string().optional(),
  integrity: z.string().optional(),
  resolved: z.string().optional(),
  link: z.boolean().optional(),
  inBundle: z.boolean().optional(),
  hasInstallScript: z.boolean().optional(),
  dev: z.boolean().optional(),
  devOptional: z.boolean().optional(),
  optional: z.boolean().optional(),
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
  peerDependencies: z.record(z.string(), z.string()).default({}),
});

export type LockedPackage = z.infer<typeof lockedPackage>;

const lockFile = z.object({
  name: z.string(),
  version: z.string(),
  lockfileVersion: z.literal(3),
  packages: z.record(z.string(), lockedPackage),
});

export interface LockFile {
  /** The entry of the checkout itself, whose folder is the empty text. */
  readonly root: LockedPackage & { readonly name: string };
  /** By folder, `node_modules/a/node_modules/b`, in the order of the file. */
  readonly packages: ReadonlyMap<string, LockedPackage>;
}

/** @throws {z.ZodError} or {SyntaxError} when `text` is no lock file of format 3 */
export function readLockFile(text: string): LockFile {
  const { name, packages } = lockFile.parse(JSON.parse(text));
  const { '': root, ...others } = packages;
  if (root === undefined) throw new RangeError('Cannot read the lock file: it has no entry of the checkout itself');
  return { root: { ...root, name }, packages: new Map(Object.entries(others)) };
}

/** `@noble/hashes` of `node_modules/@noble/curves/node_modules/@noble/hashes`. */
export function packageName(folder: string): string {
  return folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

/**
 * The folder that Node finds for `name` asked from `folder` (the empty text is the checkout): the nearest one upwards.
 * Null when there is none, as with a peer that is optional and was not installed.
 */
export function resolveFrom(lock: LockFile, folder: string, name: string): string | null {
  for (let from = folder; ; from = from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/')))) {
    const candidate = from === '' ? `node_modules/${name}` : `${from}/node_modules/${name}`;
    if (lock.packages.has(candidate)) return candidate;
    if (from === '') return null;
  }
}

/** Folders of everything that `folder` needs at run time, itself left out; peers count, tools for development do not. */
export function neededBy(lock: LockFile, folder: string): readonly string[] {
  const { dependencies, optionalDependencies, peerDependencies } = lock.packages.get(folder) ?? lock.root;
  const names = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies }).toSorted();
  return names.flatMap((name) => resolveFrom(lock, folder, name) ?? []);
}

/** Every folder reached from `folders`, those included, sorted. */
export function reachedFrom(lock: LockFile, folders: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  const waiting = [...folders];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    if (seen.has(folder)) continue;
    seen.add(folder);
    waiting.push(...neededBy(lock, folder));
  }
  return [...seen].toSorted();
}
