import assert from 'node:assert/strict';
import fs, { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { Secret } from '#domain/secret.ts';
import { createVault } from './create-vault.ts';
import { kdfFloor } from './kdf.ts';
import { makeCredentialFile } from './credential-file.ts';
import { removeGenerations, removeLeftovers, saveFile } from './save-file.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snowball-save-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

test('saveFile() replaces the whole file, readable by its owner only, and leaves nothing beside it', async () => {
  const path = join(folder, 'vault');
  await saveFile(path, Buffer.from('a longer first content'));
  await saveFile(path, Buffer.from('second'));

  assert.equal(await readFile(path, 'utf8'), 'second');
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  assert.deepEqual(await readdir(folder), ['vault']);
});

test('T14 saveFile() syncs and closes what it wrote, renames it, and syncs the folder', async () => {
  const path = join(folder, 'vault');

  const steps = await stepsOf(() => saveFile(path, Buffer.from('x')));

  assert.deepEqual(steps, ['open wx 600', 'write', 'sync', 'close', 'rename', 'open r', 'sync', 'close']);
});

test('makeCredentialFile() syncs and closes what it wrote', async () => {
  const steps = await stepsOf(() => makeCredentialFile(join(folder, 'key')));

  assert.deepEqual(steps, ['open wx 600', 'write', 'sync', 'close']);
});

test('saveFile() that cannot rename throws and takes its unfinished file away', async () => {
  const path = join(folder, 'vault');
  await mkdir(join(path, 'occupied'), { recursive: true });

  await assert.rejects(saveFile(path, Buffer.from('x')), { syscall: 'rename' });
  assert.deepEqual(await readdir(folder), ['vault']);
  await assert.rejects(saveFile(join(folder, 'none', 'vault'), Buffer.from('x')), { syscall: 'open' });
});

test('removeLeftovers() touches only old generations and unfinished files of its own vault', async () => {
  const keep = [
    'other.generation-1',
    'other.generation-99',
    'vault',
    'vault.generation-x',
    'vault.note',
    'vault2.saving-aa',
  ];
  const generations = [1, 2, 3, 9, 10, 11, 12].map((generation) => `vault.generation-${generation}`);
  for (const name of [...keep, ...generations, 'vault.saving-aa']) await writeFile(join(folder, name), '');
  await removeLeftovers(join(folder, 'vault'));

  const left = [...keep, ...generations.slice(2)];
  assert.deepEqual((await readdir(folder)).toSorted(), left.toSorted());
});

test('removeGenerations() takes every generation of its own vault, and nothing else', async () => {
  const keep = ['other.generation-1', 'vault', 'vault.generation', 'vault.generation-x', 'vault.saving-aa'];
  for (const name of [...keep, 'vault.generation-1', 'vault.generation-22']) await writeFile(join(folder, name), '');

  await removeGenerations(join(folder, 'vault'));

  assert.deepEqual((await readdir(folder)).toSorted(), keep.toSorted());
});

test('createVault() says so when its folder cannot be made', async () => {
  await writeFile(join(folder, 'file'), '');
  const passphrase = new Secret('불꽃 기자 보조개 산들바람 가을 머리핀');

  await assert.rejects(createVault({ file: join(folder, 'file', 'vault'), passphrase, kdf: kdfFloor }), {
    code: 'vault.save',
  });
});

/** What the work does to the disk, in its order. */
async function stepsOf(work: () => Promise<unknown>): Promise<readonly string[]> {
  const steps: string[] = [];
  const { open, rename } = fs;
  fs.rename = async (from, to) => {
    steps.push('rename');
    await rename(from, to);
  };
  fs.open = async (path, flags, mode) => {
    steps.push(`open ${flags}${mode === undefined ? '' : ` ${mode.toString(8)}`}`);
    const handle = await open(path, flags, mode);
    for (const [name, step] of [
      ['writeFile', 'write'],
      ['sync', 'sync'],
      ['close', 'close'],
    ] as const) {
      const real = handle[name].bind(handle) as (...content: readonly unknown[]) => Promise<void>;
      handle[name] = async (...content: readonly unknown[]) => {
        steps.push(step);
        await real(...content);
      };
    }
    return handle;
  };
  syncBuiltinESMExports();
  try {
    await work();
  } finally {
    Object.assign(fs, { open, rename });
    syncBuiltinESMExports();
  }
  return steps;
}
