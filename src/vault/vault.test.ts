import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { inspect } from 'node:util';
import { SnowballError } from '#domain/errors.ts';
import { Secret } from '#domain/secret.ts';
import { createHash } from 'node:crypto';
import { createVault, createVaultWithKey } from './create-vault.ts';
import { kdfFloor } from './kdf.ts';
import { openVault, openVaultBytes } from './open-vault.ts';
import type { SlotKey } from './passphrase-slot.ts';
import { generatePassphrase } from './passphrase.ts';

const passphrase = new Secret('불꽃 기자 보조개 산들바람 가을 머리핀');
const canary = 'CANARY-4f1c2b7e9d';
const appKey = { broker: 'kis', environment: 'paper', type: 'app-key' } as const;
let folder = '';

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snowball-vault-'));
});

after(async () => {
  await rm(folder, { recursive: true });
});

let made = 0;

/** Stands for the derivation, which costs a third of a second, where the passphrase is not what is tested. */
const quickKey: SlotKey = (salt) => Promise.resolve(createHash('sha256').update(salt).digest());

/** A vault in a folder of its own. */
async function aVault() {
  const file = aFile();
  return { file, vault: await createVaultWithKey(file, kdfFloor, quickKey) };
}

/** A vault under the passphrase, of the cheapest kind allowed. */
async function aLockedVault() {
  const file = aFile();
  return { file, vault: await createVault({ file, passphrase, kdf: kdfFloor }) };
}

function aFile(): string {
  made += 1;
  return join(folder, `house-${made}`, 'vault');
}

async function reopen(file: string) {
  return await openVaultBytes(file, await readFile(file), quickKey);
}

function withCode(code: string) {
  return (error: unknown) => error instanceof SnowballError && error.code === code;
}

test('createVault() makes an empty vault that openVault() opens, with mode 0600 in a folder of 0700', async () => {
  const { file, vault } = await aLockedVault();
  const opened = await openVault({ file, passphrase });

  assert.equal(opened.id, vault.id);
  assert.equal(opened.generation, 1);
  assert.deepEqual(opened.names(), []);
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  assert.equal((await stat(join(file, '..'))).mode & 0o777, 0o700);
});

test('put() keeps a value across opening, and delete() takes it away', async () => {
  const { file, vault } = await aVault();
  await vault.put('kis.paper.app-key', new Secret('열쇠 😀 key'), appKey);
  const second = await reopen(file);

  assert.equal(second.get('kis.paper.app-key').reveal(), '열쇠 😀 key');
  assert.deepEqual(
    second.names().map(({ name, broker, environment, type, version }) => [name, broker, environment, type, version]),
    [['kis.paper.app-key', 'kis', 'paper', 'app-key', 2]],
  );

  await second.delete('kis.paper.app-key');
  const third = await reopen(file);
  assert.deepEqual(third.names(), []);
  assert.throws(() => third.get('kis.paper.app-key'), withCode('vault.no-secret'));
});

test('put() replaces a value under a version that was never used before', async () => {
  const { vault } = await aVault();
  await vault.put('kis.paper.app-key', new Secret('one'), appKey);
  await vault.delete('kis.paper.app-key');
  await vault.put('kis.paper.app-key', new Secret('two'), appKey);

  assert.equal(vault.get('kis.paper.app-key').reveal(), 'two');
  assert.equal(vault.names()[0]?.version, 4);
});

test('put() saves one after the other when many are asked for at once', async () => {
  const { file, vault } = await aVault();
  const names = Array.from({ length: 12 }, (_, index) => `kis.paper.key-${index}`);
  await Promise.all(names.map((name) => vault.put(name, new Secret(name), appKey)));
  const opened = await reopen(file);

  assert.equal(opened.generation, 13);
  assert.deepEqual(
    opened.names().map(({ name }) => opened.get(name).reveal()),
    names.toSorted(),
  );
});

test('put() refuses more waiting saves than the queue holds', async () => {
  const { vault } = await aVault();
  const saves = Array.from({ length: 70 }, (_, index) =>
    vault.put(`kis.paper.key-${index}`, new Secret('x'), appKey).then(
      () => 'saved',
      (error: unknown) => (error instanceof SnowballError ? error.code : 'other'),
    ),
  );
  const outcomes = await Promise.all(saves);

  assert.equal(outcomes.filter((outcome) => outcome === 'saved').length, 64);
  assert.equal(outcomes.filter((outcome) => outcome === 'vault.busy').length, 6);
});

test('put() keeps five generations beside the file, and each of them opens', async () => {
  const { file, vault } = await aVault();
  for (let round = 1; round <= 7; round += 1) await vault.put('kis.paper.app-key', new Secret(`v${round}`), appKey);
  const names = (await readdir(join(file, '..'))).toSorted();

  assert.deepEqual(names, [
    'vault',
    'vault.generation',
    ...[3, 4, 5, 6, 7].map((generation) => `vault.generation-${generation}`),
  ]);
  const earlier = await reopen(`${file}.generation-7`);
  assert.equal(earlier.get('kis.paper.app-key').reveal(), 'v6');
});

test('a save that was cut off by a power loss leaves the old vault, and the next save cleans up', async () => {
  const { file, vault } = await aVault();
  await vault.put('kis.paper.app-key', new Secret('safe'), appKey);
  const whole = await readFile(file);
  await writeFile(`${file}.saving-0123456789ab`, whole.subarray(0, whole.length / 2));
  const opened = await reopen(file);

  assert.equal(opened.get('kis.paper.app-key').reveal(), 'safe');
  await opened.put('kis.paper.app-key', new Secret('safer'), appKey);
  assert.deepEqual(
    (await readdir(join(file, '..'))).filter((name) => name.includes('saving')),
    [],
  );
});

test('put() refuses to overwrite what another process saved meanwhile', async () => {
  const { file, vault } = await aVault();
  const other = await reopen(file);
  await other.put('kis.paper.app-key', new Secret('theirs'), appKey);

  await assert.rejects(vault.put('kis.paper.app-key', new Secret('ours'), appKey), withCode('vault.changed'));
  assert.equal((await reopen(file)).get('kis.paper.app-key').reveal(), 'theirs');
});

test('put() that cannot reach the disk says so, and memory stays as the disk is', async () => {
  const { file, vault } = await aVault();
  await rm(join(file, '..'), { recursive: true });

  await assert.rejects(vault.put('kis.paper.app-key', new Secret(canary), appKey), withCode('vault.save'));
  assert.deepEqual(vault.names(), []);
  assert.equal(vault.generation, 1);
});

test('put() refuses names that are none, that contradict their environment, and values that are too large', async () => {
  const { vault } = await aVault();
  const bad = [
    'key',
    'Kis.paper.key',
    'kis..key',
    'kis.real.app-key',
    'kis.paper.app key',
    `kis.paper.${'x'.repeat(100)}`,
  ];

  for (const name of bad) {
    await assert.rejects(vault.put(name, new Secret('x'), appKey), withCode('vault.name'), name);
  }
  await assert.rejects(vault.put('kis.paper.app-key', new Secret('x'.repeat(65_537)), appKey), withCode('vault.full'));
  assert.equal(vault.generation, 1);
});

test('T27 getFor() gives a secret to its own broker and environment only', async () => {
  const { vault } = await aVault();
  await vault.put('kis.paper.app-key', new Secret('paper'), appKey);
  await vault.put('kis.real.app-key', new Secret('real'), { ...appKey, environment: 'real' });

  const ask = (secret: string, broker: string, environment: 'paper' | 'real') => () =>
    vault.getFor(`kis.${secret}.app-key`, { broker, environment }).reveal();

  assert.equal(ask('paper', 'kis', 'paper')(), 'paper');
  assert.equal(ask('real', 'kis', 'real')(), 'real');
  for (const mismatch of [
    ask('paper', 'kis', 'real'),
    ask('real', 'kis', 'paper'),
    ask('paper', 'kiwoom', 'paper'),
    ask('paper', 'kiwoom', 'real'),
    ask('real', 'kiwoom', 'paper'),
    ask('real', 'kiwoom', 'real'),
  ]) {
    assert.throws(mismatch, withCode('vault.wrong-environment'));
  }
});

test('openVault() tells a wrong passphrase, and forgives spacing and the Unicode form', async () => {
  const { file } = await aLockedVault();
  const loose = new Secret(`  ${passphrase.reveal().normalize('NFD').replaceAll(' ', '\t ')}\n`);

  await assert.rejects(
    openVault({ file, passphrase: new Secret(generatePassphrase()) }),
    withCode('vault.wrong-passphrase'),
  );
  await assert.rejects(openVault({ file, passphrase: new Secret('') }), withCode('vault.wrong-passphrase'));
  assert.equal((await openVault({ file, passphrase: loose })).generation, 1);
});

test('openVault() refuses a file that is not there, and createVault() one that is', async () => {
  const { file } = await aVault();

  await assert.rejects(openVault({ file: `${file}-none`, passphrase }), withCode('vault.not-found'));
  await assert.rejects(createVault({ file, passphrase, kdf: kdfFloor }), withCode('vault.exists'));
});

test('createVault() refuses a weak passphrase and key derivation outside the bounds, and writes nothing', async () => {
  const file = join(folder, 'refused', 'vault');
  const weak = new Secret('password');

  await assert.rejects(createVault({ file, passphrase: weak, kdf: kdfFloor }), withCode('vault.weak-passphrase'));
  const kdf = { ...kdfFloor, passes: 2 };
  await assert.rejects(createVault({ file, passphrase, kdf }), withCode('vault.kdf'));
  await assert.rejects(stat(file), { code: 'ENOENT' });
});

test('INV-22 openVault() refuses a generation older than the one recorded', async () => {
  const { file, vault } = await aLockedVault();
  const old = await readFile(file);
  await vault.put('kis.paper.app-key', new Secret('new'), appKey);
  await writeFile(file, old);
  await rm(`${file}.generation`);

  await assert.rejects(openVault({ file, passphrase, generationMin: 2 }), withCode('vault.rolled-back'));
  assert.equal((await openVault({ file, passphrase, generationMin: 1 })).generation, 1);
});

test('seal() closes everything, also a save that waits', async () => {
  const { file, vault } = await aVault();
  await vault.put('kis.paper.app-key', new Secret('x'), appKey);
  vault.seal();

  assert.throws(() => vault.get('kis.paper.app-key'), withCode('vault.sealed'));
  assert.throws(() => vault.names(), withCode('vault.sealed'));
  await assert.rejects(vault.put('kis.paper.app-key', new Secret('y'), appKey), withCode('vault.sealed'));
  await assert.rejects(vault.delete('kis.paper.app-key'), withCode('vault.sealed'));
  assert.equal((await reopen(file)).get('kis.paper.app-key').reveal(), 'x');
});

test('seal() in the middle of saving leaves a whole file, old or new', async () => {
  const { file, vault } = await aVault();
  const saves = [1, 2, 3].map((round) => vault.put('kis.paper.app-key', new Secret(`v${round}`), appKey));
  const settled = Promise.allSettled(saves);
  vault.seal();
  const outcomes = await settled;
  const opened = await reopen(file);

  assert.ok(outcomes.some(({ status }) => status === 'rejected'));
  assert.equal(opened.generation, 1 + outcomes.filter(({ status }) => status === 'fulfilled').length);
});

test('INV-20 no way of printing a vault, its file or its errors shows a secret or the passphrase', async () => {
  const { file, vault } = await aVault();
  await vault.put('kis.paper.app-key', new Secret(canary), appKey);
  const errors: unknown[] = [];
  const keep = (error: unknown) => errors.push(error);
  await openVault({ file, passphrase: new Secret(canary) }).catch(keep);
  await vault.put('bad', new Secret(canary), appKey).catch(keep);
  await createVault({ file: `${file}-2`, passphrase: new Secret(canary.slice(0, 8)), kdf: kdfFloor }).catch(keep);
  const prints = [vault, ...errors].flatMap((value) => [
    inspect(value, { depth: 9, showHidden: true }),
    JSON.stringify(value),
    String(value),
    inspect({ value }, { customInspect: false, depth: 9, showHidden: true }),
  ]);
  const bytes = await readFile(file, 'latin1');

  assert.equal(errors.length, 3);
  for (const text of [...prints, bytes]) {
    assert.ok(!text.includes(canary.slice(0, 8)));
    assert.ok(!text.includes('불꽃'));
  }
});
