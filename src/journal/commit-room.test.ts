import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commitMemory, CommitRoom } from './commit-room.ts';

const commit = { bytes: Buffer.from('line\n'), at: 2 ** 40, note: Buffer.from('note'), noteAt: 128 };

/** Both ends in one thread: what `next()` would sleep for lies there already. */
function ends(): readonly [asking: CommitRoom, committing: CommitRoom] {
  const memory = commitMemory();
  return [new CommitRoom(memory), new CommitRoom(memory)];
}

test('CommitRoom.isDurable() is true however early or late the other end says so', async () => {
  const [asking, committing] = ends();
  const answers: boolean[] = [];

  for (const isEarly of [true, false, true]) {
    asking.put(commit);
    const taken = committing.next();
    assert.deepEqual([taken?.at, Buffer.from(taken?.bytes ?? []).toString()], [2 ** 40, 'line\n']);
    if (isEarly) committing.durable();
    const answer = asking.isDurable();
    if (!isEarly) committing.durable();
    answers.push(await answer);
  }

  assert.deepEqual(answers, [true, true, true]);
});

test('INV-01 CommitRoom.isDurable() never says of a commit that failed what is true of the next one', async () => {
  const [asking, committing] = ends();
  asking.put(commit);
  const failed = asking.isDurable();
  committing.next();
  asking.put(commit);
  const next = asking.isDurable();
  committing.next();

  committing.durable();

  assert.deepEqual([await failed, await next], [false, true]);
});

test('CommitRoom.next() is null when nothing comes any more', () => {
  const [asking, committing] = ends();

  asking.end();

  assert.equal(committing.next(), null);
});
