import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readWebConvenience, webConvenience } from './web-convenience.ts';

let folder = '';
before(() => void (folder = mkdtempSync(join(tmpdir(), 'convenience-'))));
after(() => rmSync(folder, { recursive: true }));

function read(text: string): boolean {
  const file = join(folder, 'snowball.yaml');
  writeFileSync(file, text);
  return readWebConvenience(file);
}

test('T11 readWebConvenience() is off unless the file says true', () => {
  assert.equal(readWebConvenience(join(folder, 'nowhere.yaml')), false);
  assert.deepEqual(
    ['', 'webConvenience:', 'strategies: []', 'webConvenience: false', 'strategies: [', '# webConvenience: true'].map(
      read,
    ),
    [false, false, false, false, false, false],
  );
  assert.equal(read('strategies: []\nwebConvenience: true\n'), true);
});

test('T11 readWebConvenience() refuses what is neither true nor false, with its line', () => {
  for (const value of ['yes', '1', '"true"', '[true]']) {
    assert.throws(
      () => read(`strategies: []\nwebConvenience: ${value}\n`),
      { code: 'gateway.config', message: /2/ },
      value,
    );
  }
});

test('T11 webConvenience() is never there with real money, and in trial always', () => {
  assert.deepEqual(
    [webConvenience('trial', false), webConvenience('paper', false), webConvenience('paper', true)],
    [true, false, true],
  );
  assert.equal(webConvenience('real', false), false);
  assert.throws(() => webConvenience('real', true), { code: 'gateway.web-convenience' });
});
