import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

const root = join(import.meta.dirname, '..');
let house: string;

/** A copy of the sources with one wrong import each, so that the compiler is asked and not our idea of it. */
before(() => {
  house = mkdtempSync(join(tmpdir(), 'snowball-arrows-'));
  for (const name of ['src', 'package.json', 'tsconfig.base.json'])
    cpSync(join(root, name), join(house, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'));
});

after(() => rmSync(house, { recursive: true, force: true }));

const violations = [
  [
    'server → vault as a value',
    'server',
    "import { openVault } from '#vault/open-vault.ts';\nexport const open = openVault;\n",
  ],
  ['server → vault as a type', 'server', "import type { Vault } from '#vault/vault.ts';\nexport type Mine = Vault;\n"],
  [
    'server → vault as a dynamic import',
    'server',
    "export const later = (): Promise<unknown> => import('#vault/open-vault.ts');\n",
  ],
  ['runner → brokers', 'runner', "import type { Broker } from '#brokers/broker.ts';\nexport type Mine = Broker;\n"],
  ['domain → node:*', 'domain', "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n"],
  ['cli → gateway', 'cli', "import type { Desk } from '#gateway/desk/state.ts';\nexport type Mine = Desk;\n"],
] as const;

for (const [arrow, folder, source] of violations) {
  test(`the compiler refuses ${arrow}`, () => {
    const file = join(house, 'src', folder, 'forbidden.ts');
    writeFileSync(file, source);

    const compiled = compile(folder);

    rmSync(file);
    assert.notEqual(compiled.status, 0, `${arrow} compiled`);
    assert.match(compiled.stdout, /forbidden\.ts.*error TS(6307|6059|2307|2591|2580)/);
  });
}

test('the compiler accepts the same folders without the wrong import', () => {
  const compiled = compile('server', 'runner', 'domain', 'cli');

  assert.equal(compiled.status, 0, compiled.stdout);
});

function compile(...folders: readonly string[]): { readonly status: number | null; readonly stdout: string } {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const projects = folders.map((folder) => join('src', folder));
  return spawnSync(process.execPath, [tsc, '-b', '--pretty', 'false', ...projects], { cwd: house, encoding: 'utf8' });
}
