import assert from 'node:assert/strict';
import { test } from 'node:test';
import { careReminders } from './vault-care.ts';

const now = Temporal.Instant.from('2026-11-21T00:00:00Z');
const daysAgo = (days: number, seconds = 0): string => now.subtract({ hours: days * 24, seconds }).toString();

function due(createdAt: string, backedUpAt: string | null, drilledAt: string | null): readonly string[] {
  return careReminders({ createdAt, backedUpAt, drilledAt }, now).map(({ kind }) => kind);
}

test('careReminders() reminds on the thirtieth day of a backup and a drill, and not before', () => {
  assert.deepEqual(due(daysAgo(100), daysAgo(29, 86_399), daysAgo(29)), []);
  assert.deepEqual(due(daysAgo(100), daysAgo(30), daysAgo(29)), ['backup']);
  assert.deepEqual(due(daysAgo(100), daysAgo(1), daysAgo(30)), ['drill']);
});

test('careReminders() counts from the creation when there never was one', () => {
  assert.deepEqual(due(daysAgo(29), null, null), []);
  assert.deepEqual(due(daysAgo(30), null, null), ['backup', 'drill']);
});
