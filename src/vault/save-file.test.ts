import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { Secret } from '#domain/secret.ts';
import { createVault } from './create-vault.ts';
import { kdfFloor } from './kdf.ts';
import { removeLeftovers, saveFile } from './save-file.ts';

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

test('saveFile() that cannot rename throws and takes its unfinished file away', async () => {
  const path = join(folder, 'vault');
  await mkdir(join(path, 'occupied'), { recursive: true });

  await assert.rejects(saveFile(path, Buffer.from('x')));
  assert.deepEqual(await readdir(folder), ['vault']);
});

test('removeLeftovers() touches only old generations and unfinished files of its own vault', async () => {
  const keep = ['other.generation-1', 'vault', 'vault.generation-x', 'vault.note', 'vault2.saving-aa'];
  const generations = [1, 2, 3, 9, 10, 11, 12].map((generation) => `vault.generation-${generation}`);
  for (const name of [...keep, ...generations, 'vault.saving-aa']) await writeFile(join(folder, name), '');
  await removeLeftovers(join(folder, 'vault'));

  const left = [...keep, ...generations.slice(2)];
  assert.deepEqual((await readdir(folder)).toSorted(), left.toSorted());
});

test('createVault() says so when its folder cannot be made', async () => {
  await writeFile(join(folder, 'file'), '');
  const passphrase = new Secret('불꽃 기자 보조개 산들바람 가을 머리핀');

  await assert.rejects(createVault({ file: join(folder, 'file', 'vault'), passphrase, kdf: kdfFloor }), {
    code: 'vault.save',
  });
});
