import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AnswerMemory } from './answer-memory.ts';

const call = { role: 'server', method: 'cancel', key: 'k', params: { orderId: 'a', more: 1 } } as const;

describe('AnswerMemory', () => {
  test('does the work once, answers a repeat with the first answer, also while the first is being worked out', async () => {
    const memory = new AnswerMemory();
    let done = 0;
    const work = async () => (done += 1);

    const [first, second] = await Promise.all([memory.answer(call, work), memory.answer(call, work)]);
    const third = await memory.answer({ ...call, params: { more: 1, orderId: 'a' } }, work);

    assert.deepEqual([first, second, third, done], [1, 1, 1, 1]);
  });

  test('refuses a repeat with other parameters, also of a call that failed, and takes the same again', async () => {
    const memory = new AnswerMemory();
    await assert.rejects(
      memory.answer(call, () => Promise.reject(new Error('not now'))),
      /not now/,
    );

    const other = { ...call, params: { orderId: 'b' } };
    await assert.rejects(
      memory.answer(other, async () => 2),
      { code: 'link.idempotency-mismatch' },
    );

    assert.equal(await memory.answer(call, async () => 1), 1);
    await assert.rejects(
      memory.answer(other, async () => 2),
      { code: 'link.idempotency-mismatch' },
    );
  });

  test('keeps keys of roles and methods apart', async () => {
    const memory = new AnswerMemory();
    await memory.answer(call, async () => 1);

    assert.equal(await memory.answer({ ...call, role: 'cli' }, async () => 2), 2);
    assert.equal(await memory.answer({ ...call, method: 'find' }, async () => 3), 3);
  });

  test('INV-40 remembers two thousand answers and as many failures, and no more', async () => {
    const memory = new AnswerMemory();
    for (let index = 0; index < 2_200; index += 1) {
      await memory.answer({ ...call, key: `k${index}` }, async () => index);
      await memory.answer({ ...call, key: `f${index}` }, () => Promise.reject(new Error('x'))).catch(() => undefined);
    }

    assert.ok(memory.size <= 4_000 && memory.size > 3_900, String(memory.size));
  });
});
