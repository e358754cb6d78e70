import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VersionChange, VersionLabel } from './vault.ts';
import type { SecretRecord } from './vault-file.ts';
import { byNameAndLabel, relabelledBy, withVersion } from './version-label.ts';

const at = '2026-03-02T01:00:00Z';
const sealed = { nonce: Buffer.alloc(12), bytes: Buffer.alloc(48) };

function aVersion(name: string, label: VersionLabel, version: number): SecretRecord {
  const kind = { broker: 'kis', environment: 'paper', type: 'app-key', savedAt: at, labelledAt: at } as const;
  return { meta: { ...kind, name, label, version }, dataKey: sealed, value: sealed };
}

const all = ['a', 'b'].flatMap((name) =>
  (['PENDING', 'CURRENT', 'PREVIOUS'] as const).map((label, index) => aVersion(name, label, 3 - index)),
);

function toldOf(secrets: readonly SecretRecord[]): string {
  return secrets.map(({ meta }) => `${meta.name} ${meta.label} ${meta.version}`).join(', ');
}

const untouched = 'b PENDING 3, b CURRENT 2, b PREVIOUS 1';
const changes: readonly (readonly [Exclude<VersionChange, { readonly kind: 'put' }>, string])[] = [
  [{ kind: 'promote', name: 'a' }, 'a CURRENT 3, a PREVIOUS 2'],
  [{ kind: 'retire', name: 'a', graceMs: 0 }, 'a PENDING 3, a CURRENT 2'],
  [{ kind: 'discard', name: 'a' }, 'a CURRENT 2, a PREVIOUS 1'],
];
for (const [change, left] of changes) {
  test(`T18 relabelledBy() does a ${change.kind} to its own name alone`, () => {
    assert.equal(toldOf(relabelledBy(all, change, at)), `${left}, ${untouched}`);
  });
}

test('T18 relabelledBy() retires after ten minutes to the millisecond, and says how long it was', () => {
  const retire = { kind: 'retire', name: 'a' } as const;

  assert.throws(() => relabelledBy(all, retire, '2026-03-02T01:09:59.999Z'), {
    code: 'vault.in-grace',
    message: /it was replaced 599 s ago, wanted 600 s$/,
  });
  assert.equal(relabelledBy(all, retire, '2026-03-02T01:10:00Z').length, 5);
});

test('withVersion() puts a version in the place of its name and label, and keeps the order of the file', () => {
  assert.equal(
    toldOf(withVersion(all, aVersion('a', 'CURRENT', 9))),
    `a PENDING 3, a CURRENT 9, a PREVIOUS 1, ${untouched}`,
  );
  assert.equal(toldOf(all.toReversed().toSorted(byNameAndLabel)), toldOf(all));
});
