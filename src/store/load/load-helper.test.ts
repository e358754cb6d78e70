import assert from 'node:assert/strict';
import { test } from 'node:test';
import { threadHelper } from './load-helper.ts';
import type { LoadJob } from './load-job.ts';

test('threadHelper() is not called for a small load, and from the second one on for a middling one', () => {
  const helper = threadHelper({ startBars: 1_000, callBars: 100, program: new URL('data:text/javascript,') });
  const job = { control: new Int32Array(new SharedArrayBuffer(8)) } as unknown as LoadJob;

  assert.deepEqual(
    [999, 99, 100].map((bars) => helper.call(job, bars)),
    [false, false, true],
  );
  helper.close();
  assert.equal(helper.call(job, 1_000_000), false);
});
