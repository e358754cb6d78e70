import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { Secret } from '#domain/secret.ts';
import { keyUse } from '#link/key-life.ts';
import { keyUseRecord, KeyUseRecord, type KeyUseOptions } from './key-use.ts';

const appKey = 'PSuseAppKey';
const life = { termMonths: 12, inactivityMonths: 3 };
const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);

function options(context: TestContext): KeyUseOptions {
  const home = mkdtempSync(join(tmpdir(), 'key-use-'));
  context.after(() => rmSync(home, { recursive: true }));
  const onFault = (error: unknown): void => assert.fail(String(error));
  const key = { broker: 'kis', environment: 'real', appKey: new Secret(appKey) } as const;
  return { ...key, folder: join(home, 'keys'), issuedOn: () => null, life, onFault };
}

test('KeyUseRecord remembers the first use over restarts, and the last one', async (context) => {
  const its = options(context);
  await new KeyUseRecord(its).note(day('2026-01-05'));
  await new KeyUseRecord(its).note(day('2026-11-20'));

  const lives = new KeyUseRecord(its).lives(day('2026-11-20'));

  assert.deepEqual(
    lives.map(({ endsOn }) => endsOn),
    ['2027-01-05', '2027-02-20'],
  );
});

test('KeyUseRecord writes what doctor reads, for the owner alone, with no key in it', async (context) => {
  const its = options(context);
  await new KeyUseRecord(its).note(day('2026-01-05'));

  const [name = ''] = readdirSync(its.folder);
  const file = join(its.folder, name);
  const content = readFileSync(file, 'utf8');

  assert.ok(keyUse.safeParse(JSON.parse(content)).success);
  assert.equal(statSync(file).mode & 0o077, 0);
  assert.ok(!`${name}${content}`.includes(appKey));
});

test('keyUseRecord() notes nothing of trial keys, and shows nothing of a key that was never used', (context) => {
  const its = options(context);

  assert.equal(keyUseRecord('trial', its, life), null);
  assert.equal(existsSync(its.folder), false);
  assert.deepEqual(keyUseRecord('real', its, life)?.lives(day('2026-01-05')), []);
});
