import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KeyAgeWatch } from './key-age-watch.ts';
import type { KeyedBroker } from './rotating-broker.ts';

const owner = { broker: 'kis', environment: 'paper' } as const;

function aWatch(said: { readonly day: string; readonly version: number } | null) {
  let day = 0;
  const told: { code: string; detail: string }[] = [];
  const meta = { name: 'kis.paper.app-key', version: 5, savedAt: '2026-01-01T03:00:00Z', label: 'CURRENT' };
  const keys = new Map([['app-key', 5], ...(said === null ? [] : [['key-issued-on', said.version] as const])]);
  const credentials = { keyIssuedOn: () => (said === null ? null : Temporal.PlainDate.from(said.day)) };
  const watch = new KeyAgeWatch({
    vault: { versions: () => [{ ...meta, ...owner, type: 'app-key', labelledAt: meta.savedAt, label: 'CURRENT' }] },
    owner,
    current: () => ({ keys, credentials }) as unknown as KeyedBroker,
    now: () => Temporal.Instant.from('2026-01-01T03:00:00Z').add({ hours: 24 * day }),
    told: () => told,
    incident: (code, detail) => void told.push({ code, detail }),
  });
  return { watch, told, on: (next: number) => ((day = next), watch.look()) };
}

test('T18 KeyAgeWatch tells once from day 60, daily from day 75, and lets nobody resume from day 90', () => {
  const { watch, told, on } = aWatch(null);

  for (let day = 0; day <= 74; day += 1) on(day);
  assert.deepEqual(
    told.map(({ code }) => code),
    ['key-age'],
  );
  for (const day of [75, 75, 76, 89]) on(day);
  assert.equal(told.length, 4, 'once a day, however many sessions');
  assert.doesNotThrow(() => watch.mustNotBeOld());
  on(90);
  assert.throws(() => watch.mustNotBeOld(), { code: 'gateway.key-old', message: /90 days old/ });
});

test('KeyAgeWatch believes the day of issue that was said with this key, and not one of an earlier key', () => {
  const said = aWatch({ day: '2025-11-01', version: 6 });
  assert.equal(said.watch.age()?.days, 61);
  const earlier = aWatch({ day: '2025-11-01', version: 3 });
  assert.equal(earlier.watch.age()?.days, 0);
});
