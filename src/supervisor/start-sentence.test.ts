import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startSentence } from './start-sentence.ts';

const facts = { home: '/h', port: 8420 };
const english = (_korean: string, text: string): string => text;
const korean = (text: string): string => text;

test('startSentence() says what the supervisor knows better than the child, and keeps the code', () => {
  const lines = ['Cannot open "/h/gateway/journal.lock": another gateway holds it [journal.locked]'];

  assert.match(startSentence(lines, facts, korean) ?? '', /^다른 게이트웨이가 "\/h"의 기록을.*\[journal\.locked\]$/);
  assert.match(startSentence(lines, facts, english) ?? '', /^another gateway writes.*"\/h".*\[journal\.locked\]$/);
});

test('startSentence() leaves a sentence that it does not know as the child said it', () => {
  assert.equal(
    startSentence(['a warning', 'mend line 3 [runner.config]'], facts, korean),
    'mend line 3 [runner.config]',
  );
  assert.equal(startSentence(['no code at all'], facts, english), 'no code at all');
});

test('startSentence() has nothing to say for a child that wrote nothing', () => {
  assert.equal(startSentence([], facts, english), null);
});
