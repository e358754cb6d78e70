import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';

import { readLockFile, reachedFrom, type LockedPackage, type LockFile } from '../scripts/packages/lock-file.ts';
import { lockProblems, runPackagesMax } from '../scripts/packages/rules.ts';
import { consolePackages, packageUses } from '../scripts/packages/shipped.ts';

const root = join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const lock = readLockFile(read('package-lock.json'));

/** Threat-model §12; the age is counted in days. */
const npmRules: readonly (readonly [string, (value: string) => boolean])[] = [
  ['ignore-scripts', (value) => value === 'true'],
  ['allow-git', (value) => value === 'none'],
  ['allow-remote', (value) => value === 'none'],
  ['save-exact', (value) => value === 'true'],
  ['min-release-age', (value) => Number(value) >= 7],
];

test('.npmrc switches install scripts off, refuses git and addresses, asks for age, and names no host and no key', () => {
  const lines = read('.npmrc').trim().split('\n');
  const settings = new Map(lines.map((line) => [line.split('=')[0] ?? '', line.slice(line.indexOf('=') + 1)]));

  const broken = npmRules.filter(([name, holds]) => !holds(settings.get(name) ?? ''));

  assert.deepEqual(
    broken.map(([name]) => name),
    [],
  );
  assert.equal(settings.size, lines.length, 'no setting stands twice');
  assert.deepEqual(
    lines.filter((line) => /registry|:\/\/|_auth|token|password|proxy/i.test(line)),
    [],
  );
});

test('package-lock.json keeps every rule for every package', () => {
  assert.ok(lock.packages.size > 100, `only ${lock.packages.size} packages were read`);

  assert.deepEqual(lockProblems(lock), []);
});

const breaches: readonly (readonly [string, Partial<LockedPackage>, RegExp])[] = [
  ['a script at installation', { hasInstallScript: true }, /script/],
  ['an address', { resolved: 'git+ssh://git@example.test/a/b.git#1' }, /where it comes from/],
  ['a link', { link: true }, /link/],
  ['a package inside another', { inBundle: true }, /came inside another/],
  ['no digest', { integrity: undefined }, /no SHA-512/],
  ['a weaker digest', { integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }, /no SHA-512/],
  ['a range for a version', { version: '^3.0.0' }, /version/],
  ['the AGPL', { license: 'AGPL-3.0-only' }, /licence "AGPL/],
  ['the GPL', { license: 'GPL-2.0-or-later' }, /licence "GPL/],
  ['a licence of tools in what is shipped', { license: 'MPL-2.0' }, /licence "MPL/],
  ['no licence', { license: undefined }, /licence ""/],
];

for (const [name, change, sentence] of breaches) {
  test(`lockProblems() finds ${name}`, () => {
    const [problem, ...others] = lockProblems(withPackage('node_modules/zod', change));

    assert.match(problem ?? '', sentence);
    assert.deepEqual(others, []);
  });
}

test('lockProblems() finds a version of ours that is no exact one', () => {
  const dependencies = { ...lock.root.dependencies, zod: '^4.6.7' };

  assert.match(
    lockProblems({ ...lock, root: { ...lock.root, dependencies } }).join(),
    /"zod" is wanted as "\^4\.6\.7"/,
  );
});

test('lockProblems() finds one package more than may be run, and not the last that may', () => {
  const run = [...packageUses(lock).values()].filter((use) => use === 'run').length;
  const room = runPackagesMax - run;

  assert.deepEqual(lockProblems(withMore(room)), []);
  assert.match(lockProblems(withMore(room + 1)).join(), /61 packages are run, at most 60/);
});

test('what is installed is what the lock says, digest by digest', () => {
  const installed = readLockFile(withRoot(read('node_modules/.package-lock.json')));

  const other = [...installed.packages].filter(
    ([folder, { integrity }]) => lock.packages.get(folder)?.integrity !== integrity,
  );

  assert.ok(installed.packages.size > 100);
  assert.deepEqual(other, []);
});

test('no package that our processes run holds a native add-on or wants to build one', () => {
  const folders = reachedFrom(
    lock,
    Object.keys(lock.root.dependencies).map((name) => `node_modules/${name}`),
  );

  const native = folders.flatMap((folder) => globSync(`${folder}/**/{*.node,binding.gyp}`, { cwd: root }));

  assert.ok(folders.length > 20);
  assert.deepEqual(native, []);
});

test('consolePackages names what the console imports, all of it and nothing else', () => {
  const sources = globSync('web/**/*.{ts,tsx,css}', { cwd: root, exclude: ['web/dist/**', 'web/vite.config.ts'] });
  const imports = /(?:\bfrom|\bimport)\s*\(?\s*['"]((?:@[\w-]+\/)?[\w-]+)[^'"]*['"]/g;
  const imported = sources.flatMap((file) => [...read(file).matchAll(imports)].map(([, name = '']) => name));

  const packages = [...new Set(imported)].filter((name) => !builtinModules.includes(name) && name !== 'node');

  assert.deepEqual(packages.toSorted(), [...consolePackages]);
});

function withPackage(folder: string, change: Partial<LockedPackage>): LockFile {
  const locked = lock.packages.get(folder);
  assert.ok(locked !== undefined, `${folder} is in the lock`);
  return { ...lock, packages: new Map([...lock.packages, [folder, { ...locked, ...change }]]) };
}

/** `count` packages more, each wanted by us. */
function withMore(count: number): LockFile {
  const names = Array.from({ length: count }, (_, index) => `more-${index}`);
  const like = lock.packages.get('node_modules/zod');
  assert.ok(like !== undefined);
  const more = Object.fromEntries(names.map((name) => [name, '1.0.0']));
  return {
    root: { ...lock.root, dependencies: { ...lock.root.dependencies, ...more } },
    packages: new Map([...lock.packages, ...names.map((name) => [`node_modules/${name}`, like] as const)]),
  };
}

/** npm's note of what it installed has no entry of the checkout itself. */
function withRoot(text: string): string {
  const note = JSON.parse(text) as { readonly packages: object };
  return JSON.stringify({ ...note, packages: { '': { version: '0.0.0' }, ...note.packages } });
}
