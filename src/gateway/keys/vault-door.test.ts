import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, test } from 'node:test';
import { FixConfiguration } from '#domain/errors.ts';
import { hashToken, newToken } from '#link/token.ts';
import { openVaultDoor, type VaultDoor } from './vault-door.ts';

const token = newToken();
const adminToken = newToken();
const canary = 'CANARY-4f1c2b7e9d';
let folder = '';
let door: VaultDoor;
let opened = 0;
let rotations: string[] = [];
let sealed = 0;
let proven: string[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vd-'));
  opened = 0;
  rotations = [];
  sealed = 0;
  proven = [];
  door = await openVaultDoor({
    socketPath: join(folder, 'run', 'vault.sock'),
    tokenHash: hashToken(token),
    adminTokenHash: hashToken(adminToken),
    rotate: async ({ shape, values }) => {
      rotations.push([shape, ...values.map(({ type }) => type)].join(' '));
      return { generation: 7, graceMs: 600_000, isHalted: false };
    },
    open: async (key) => {
      if (key.kind === 'passphrase' && key.passphrase.reveal() === 'right') opened += 1;
      else throw new FixConfiguration('vault.wrong-passphrase', 'Cannot open the vault: the passphrase does not fit');
    },
    check: async (passphrase) => {
      await new Promise((resolve) => setImmediate(resolve));
      if (passphrase.reveal() !== 'right') throw new FixConfiguration('vault.wrong-passphrase', 'It does not fit');
    },
    proven: (code) => void proven.push(code),
    seal: async () => void (sealed += 1),
    state: () => (sealed > 0 ? 'sealed' : opened > 0 ? 'open' : 'locked'),
  });
});

afterEach(async () => {
  await door.close();
  rmSync(folder, { recursive: true });
});

async function say(line: string): Promise<string> {
  const socket = connect(join(folder, 'run', 'vault.sock'));
  await once(socket, 'connect');
  socket.write(`${line}\n`);
  return await text(socket);
}

const prove = (secret: string, code = '123456'): string => JSON.stringify({ kind: 'resume', token, code, secret });
const unlock = (secret: string): string => JSON.stringify({ kind: 'unlock', token, key: 'passphrase', secret });

test('openVaultDoor() is for its owner alone, opens with the right key and seals', async () => {
  assert.equal(statSync(join(folder, 'run', 'vault.sock')).mode & 0o077, 0);
  assert.deepEqual(JSON.parse(await say(unlock('right'))), { kind: 'done', state: 'open' });
  assert.deepEqual(JSON.parse(await say(JSON.stringify({ kind: 'seal', token }))), { kind: 'done', state: 'sealed' });
});

test('T11 openVaultDoor() answers nobody without the command line token, and quotes nothing that was sent', async () => {
  const strange = [
    { kind: 'unlock', token: newToken(), key: 'passphrase', secret: 'right' },
    { kind: 'seal', token: newToken() },
    { kind: 'seal' },
    { kind: 'unlock', token, key: 'passphrase', secret: canary, more: canary },
    { kind: canary, token },
    { kind: 'resume', token: newToken(), code: '123456', secret: 'right' },
    { kind: 'resume', token, code: 'abc', secret: 'right' },
  ];
  for (const line of [...strange.map((each) => JSON.stringify(each)), canary, `{"${canary}`, '']) {
    const answer = await say(line);
    assert.match(answer, /"refused","code":"link.refused"/);
    assert.ok(!answer.includes(canary));
  }
  assert.deepEqual([opened, sealed, proven.length], [0, 0, 0]);
});

test('openVaultDoor() takes five wrong keys, then not even the right one for a while', async () => {
  for (let count = 0; count < 5; count += 1) assert.match(await say(unlock(canary)), /vault\.wrong-passphrase/);

  const answer = await say(unlock('right'));
  assert.match(answer, /gateway\.vault-tries/);
  assert.ok(!answer.includes(canary));
  assert.equal(opened, 0);
});

test('openVaultDoor() gives up a line without an end at 16 KiB', async () => {
  assert.match(await say('x'.repeat(17 * 1024)), /link\.refused/);
});

test('INV-13 openVaultDoor() says for which code the passphrase was typed, and opens nothing by it', async () => {
  assert.match(await say(prove(canary)), /vault\.wrong-passphrase/);
  assert.deepEqual(proven, []);

  await say(prove('right', '654321'));

  assert.deepEqual([proven, opened], [['654321'], 0]);
});

test('N05 openVaultDoor() counts wrong passphrases of a resume with the others, also those sent at one moment', async () => {
  const answers = await Promise.all(Array.from({ length: 4 }, () => say(prove(canary))));
  assert.match(await say(unlock(canary)), /vault\.wrong-passphrase/);

  assert.ok(answers.every((answer) => answer.includes('vault.wrong-passphrase')));
  assert.match(await say(prove('right')), /gateway\.vault-tries/);
  assert.deepEqual(proven, []);
});

test('T18 openVaultDoor() changes a key for the admin token and the right passphrase alone, while the vault is open', async () => {
  const rotate = (by: string, secret: string): string =>
    JSON.stringify({
      kind: 'rotate',
      token: by,
      secret,
      shape: 'overlap',
      values: [{ type: 'app-key', value: canary }],
    });

  const early = await say(rotate(adminToken, 'right'));
  await say(unlock('right'));
  const ops = await say(rotate(token, 'right'));
  const wrong = await say(rotate(adminToken, 'wrong'));
  const account = await say(rotate(adminToken, 'right').replace('app-key', 'account'));

  assert.match(early, /vault\.sealed/);
  assert.match(ops, /link\.refused/);
  assert.match(wrong, /vault\.wrong-passphrase/);
  assert.match(account, /link\.refused/, 'an account is no part of a key');
  assert.deepEqual(rotations, []);
  const done = JSON.parse(await say(rotate(adminToken, 'right'))) as { readonly kind: string };
  assert.equal(done.kind, 'rotated');
  assert.deepEqual(rotations, ['overlap app-key']);
  assert.ok(![early, ops, wrong, account].some((answer) => answer.includes(canary)));
});
