import assert from 'node:assert/strict';
import { test } from 'node:test';

import { notingListener } from './noting-listener.ts';

test('notingListener() tells of a notice and hands it on, and adds no method that the listener lacks', () => {
  let changes = 0;
  const heard: string[] = [];
  const listener = notingListener(
    {
      onTick: () => {},
      onOrderBook: () => {},
      onState: () => {},
      onOrderNotice: ({ kind }) => void heard.push(kind),
      onIndex: () => {},
    },
    () => void (changes += 1),
  );

  listener.onOrderNotice({ kind: 'filled' } as never);

  assert.deepEqual([heard, changes, 'onIndex' in listener, 'onExpected' in listener], [['filled'], 1, true, false]);
});
