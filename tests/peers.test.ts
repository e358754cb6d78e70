import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { packageName, readLockFile } from '../scripts/packages/lock-file.ts';

const root = join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const lock = readLockFile(read('bench/peers/package-lock.json'));

/** What peers may be licensed under besides; none of it is shipped, imported or copied from. */
const peerLicenses = new Set(['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'MIT OR GPL-2.0']);
const otherLicenses: ReadonlyMap<string, string> = new Map([
  ['pinets', 'AGPL-3.0-only'],
  // Its lock entry names none; the package itself says MIT.
  ['typed-function', ''],
]);

test('the peers of the bench are pinned by version and digest, name no address and run nothing when installed', () => {
  const problems = [...lock.packages].filter(
    ([, { version, integrity = '', resolved, hasInstallScript, link }]) =>
      !/^\d+\.\d+\.\d+/.test(version) ||
      !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity) ||
      resolved !== undefined ||
      hasInstallScript === true ||
      link === true,
  );

  assert.ok(lock.packages.size > 30);
  assert.deepEqual(problems, []);
  for (const version of Object.values(lock.root.dependencies)) assert.match(version, /^\d+\.\d+\.\d+(-[\w.]+)?$/);
  assert.equal(read('bench/peers/.npmrc'), read('.npmrc'));
});

test('of the peers pinets alone is under the AGPL, and every licence is one that was looked at', () => {
  const other = [...lock.packages].filter(([, { license = '' }]) => !peerLicenses.has(license));

  assert.deepEqual(new Map(other.map(([folder, { license = '' }]) => [packageName(folder), license])), otherLicenses);
});

test('nothing of the product asks for a peer: not its lock, not a source outside of bench/peers', () => {
  const product = readLockFile(read('package-lock.json'));
  const peers = Object.keys(lock.root.dependencies);
  const sources = globSync('{src,web,bin,scripts,tests,examples,bench}/**/*.{ts,tsx,mjs}', { cwd: root }).filter(
    (file) => !file.includes('node_modules') && !file.startsWith(join('bench', 'peers')),
  );

  const asked = sources.filter((file) =>
    peers.some((name) => new RegExp(`(from|import|require\\()\\s*\\(?['"]${name}['"/]`).test(read(file))),
  );

  assert.ok(sources.length > 500);
  assert.deepEqual(asked, []);
  assert.deepEqual(
    peers.filter((name) => product.packages.has(`node_modules/${name}`)),
    [],
  );
});
