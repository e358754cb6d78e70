import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isMaintenance } from './maintenance.ts';

const friday = { morning: '2026-11-20T10:00+09:00', night: '2026-11-20T23:50+09:00', dawn: '2026-11-20T07:59+09:00' };
const saturday = '2026-11-21T10:00+09:00';

for (const [cause, at, wanted] of [
  ['ECONNREFUSED', friday.night, true],
  ['ECONNREFUSED', friday.dawn, true],
  ['ECONNREFUSED', saturday, true],
  ['ECONNREFUSED', friday.morning, false],
  ['no object, HTTP 503', saturday, true],
  ['not-json, HTTP 502', friday.morning, false],
  ['EGW00202', friday.night, true],
  ['EGW00203', saturday, true],
  ['EGW00300', friday.night, true],
  ['EGW00300', friday.morning, false],
  ['EGW00301', saturday, false],
  ['EGW00201', friday.night, false],
  ['not-json, HTTP 200', saturday, false],
  ['answer-too-large', saturday, false],
] as const) {
  test(`isMaintenance() calls ${cause} at ${at} ${wanted ? 'maintenance' : 'a failure'}`, () => {
    assert.equal(isMaintenance(cause, Temporal.Instant.from(at)), wanted);
  });
}
