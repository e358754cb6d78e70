import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { canaryForms } from './canary-forms.ts';
import { formFinder } from './form-finder.ts';

const secret = randomBytes(27).toString('base64url');
const forms = new Map([...canaryForms(secret)].map(([name, text]) => [name, Buffer.from(text)]));
const find = formFinder(forms);

test('T13 formFinder() finds each form alone, at the beginning, in the middle and at the very end', () => {
  for (const [name, form] of forms) {
    const before = randomBytes(1_000 + (form.length % 7));
    assert.ok(find(Buffer.concat([form, before])).includes(name), `${name} at the beginning`);
    assert.ok(find(Buffer.concat([before, form, before])).includes(name), `${name} in the middle`);
    assert.ok(find(Buffer.concat([before, form])).includes(name), `${name} at the end`);
  }
  assert.ok(forms.size >= 200);
});

test('T13 formFinder() finds all that includes() finds, and nothing else', () => {
  const all = [...forms.values()];
  for (let round = 0; round < 50; round += 1) {
    // Whole forms, and forms that lack their last byte, in noise.
    const parts = Array.from({ length: 8 }, () => all[Math.floor(Math.random() * all.length)] ?? Buffer.alloc(0));
    const cut = parts.map((part, index) => (index % 2 === 0 ? part : part.subarray(0, -1)));
    const bytes = Buffer.concat(cut.flatMap((part) => [part, randomBytes(20)]));
    const wanted = [...forms].filter(([, form]) => bytes.includes(form)).map(([name]) => name);

    assert.deepEqual(find(bytes), wanted.toSorted());
  }
});

test('T13 formFinder() refuses a form that is too short to mean anything', () => {
  assert.throws(() => formFinder(new Map([['short', Buffer.from('1234')]])), RangeError);
  assert.deepEqual(find(Buffer.alloc(0)), []);
});
