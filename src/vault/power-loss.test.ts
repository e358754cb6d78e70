import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { Secret } from '#domain/secret.ts';
import { createVaultWithKey } from './create-vault.ts';
import { kdfFloor } from './kdf.ts';
import type { LocalVault } from './local-vault.ts';
import { openVaultBytes } from './open-vault.ts';
import type { SlotKey } from './passphrase-slot.ts';
import { readWitness } from './witness.ts';

const dying = new URL('fixtures/dying-save.ts', import.meta.url).pathname;
const name = 'kis.paper.app-key';
const label = { broker: 'kis', environment: 'paper', type: 'app-key' } as const;
/** How many processes run at a time: each costs a start of Node. */
const atOnce = 4;
/** Rounds over all steps; SNOWBALL_KILLS=1000 by hand. */
const killsWanted = Number(process.env['SNOWBALL_KILLS'] ?? 50);
let folder = '';

const quickKey: SlotKey = (salt) => Promise.resolve(createHash('sha256').update(salt).digest());

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snowball-kill-'));
  const vault = await createVaultWithKey(join(folder, 'first', 'vault'), kdfFloor, quickKey);
  await vault.put(name, new Secret('old'), label);
  await cp(join(folder, 'first'), join(folder, 'put'), { recursive: true });
  await cp(join(folder, 'first'), join(folder, 'rotate'), { recursive: true });
  await vault.putPending(name, new Secret('next'));
  await cp(join(folder, 'first'), join(folder, 'promote'), { recursive: true });
  await vault.promote(name);
  await cp(join(folder, 'first'), join(folder, 'retire'), { recursive: true });
});

after(async () => {
  await rm(folder, { recursive: true });
});

/** What a reader may find after a crash in the middle of each act: as before it, or as after it. */
const outcomes: Readonly<Record<string, readonly string[]>> = {
  put: ['CURRENT old', 'CURRENT new'],
  rotate: ['CURRENT old', 'CURRENT old, PENDING next'],
  promote: ['CURRENT old, PENDING next', 'CURRENT next, PREVIOUS old'],
  retire: ['CURRENT next, PREVIOUS old', 'CURRENT next'],
};

test('T14 T18 killed at every write, sync, rename and removal of a save, the old or the new vault opens, whole', async () => {
  const acts = Object.keys(outcomes);
  const stepsOf = new Map(await Promise.all(acts.map(async (act) => [act, await steps(act)] as const)));
  const each = acts.flatMap((act) => (stepsOf.get(act) ?? []).map((_, index) => [act, index + 1] as const));
  const kills = Array.from({ length: Math.max(each.length, killsWanted) }, (_, index) => each[index % each.length]!);
  const found = new Map<string, Set<string>>(acts.map((act) => [act, new Set()]));
  await inParallel(kills, async ([act, step], index) => {
    const versions = await killedAt(act, step, `${act}-${index}`);
    assert.ok(outcomes[act]?.includes(versions), `${act} killed at step ${step} left "${versions}"`);
    found.get(act)?.add(versions);
  });

  assert.ok(kills.length >= 50, `only ${kills.length} kills`);
  for (const act of acts) assert.deepEqual([...(found.get(act) ?? [])].toSorted(), outcomes[act]?.toSorted(), act);
});

test('T14 a save syncs what it writes before it renames it, and the folder after', async () => {
  const done = (await steps('put')).join(' ');

  // Earlier generation, vault, witness: each written, synced, renamed into place, and its folder synced.
  assert.match(done, /^(?:write sync rename sync ?){3}(?:remove ?)*$/);
});

/** Copies the vault, lets a process die at the step, opens what is left and saves once more. */
async function killedAt(act: string, step: number, place: string): Promise<string> {
  const home = join(folder, place);
  await cp(join(folder, act), home, { recursive: true });
  const { signal } = await run(join(home, 'vault'), step, act);
  assert.equal(signal, 'SIGKILL');
  const file = join(home, 'vault');
  const vault = await openVaultBytes(file, await readFile(file), quickKey);
  const witness = await readWitness(file);
  assert.ok(witness !== null);
  vault.checkWitness(witness);
  const versions = versionsOf(vault);
  // The next save works and leaves nothing of the dead one behind.
  await vault.put('kis.paper.account', new Secret('x'), { ...label, type: 'account' });
  const left = await readdir(home);
  assert.deepEqual(
    left.filter((entry) => entry.includes('.saving-')),
    [],
  );
  return versions;
}

function versionsOf(vault: LocalVault): string {
  return vault
    .versions()
    .map((meta) => `${meta.label} ${vault.get(name, meta.label).reveal()}`)
    .toSorted()
    .join(', ');
}

/** The steps of a save that nobody disturbs. */
async function steps(act: string): Promise<readonly string[]> {
  const home = join(folder, `${act}-whole-${Math.random()}`);
  await cp(join(folder, act), home, { recursive: true });
  const { output } = await run(join(home, 'vault'), 0, act);
  return JSON.parse(output);
}

async function run(file: string, step: number, act: string) {
  const args = ['--disable-warning=ExperimentalWarning', dying, file, String(step), act];
  // The compile cache halves what a start costs.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'cache') };
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], env });
  const [output, [, signal]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return { output, signal: String(signal) };
}

async function inParallel<Item>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next; index < items.length; index = next) {
      next += 1;
      await work(items[index]!, index);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
