import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** SHA-256 in hex over every source file and the lock file: processes of different builds must not work together. */
export function buildHash(root: string): string {
  const hash = createHash('sha256');
  const files = globSync(['src/**/*.ts', 'package-lock.json'], { cwd: root }).sort();
  for (const file of files) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}
