import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { plainPermits } from '#guard/permits.ts';
import { readPermits } from './permits-config.ts';

describe('readPermits()', () => {
  let folder = '';
  before(() => (folder = mkdtempSync(join(tmpdir(), 'permits-'))));
  after(() => rmSync(folder, { recursive: true }));

  const file = (text: string): string => {
    const path = join(folder, 'snowball.yaml');
    writeFileSync(path, text);
    return path;
  };
  const failsAt = (text: string, line: number): void => {
    const wanted = {
      code: 'gateway.config',
      message: new RegExp(`snowball\\.yaml"(?:, line ${line}:| ${line}번째 줄)`),
    };
    assert.throws(() => readPermits(file(text)), wanted);
  };

  test('lets out what every installation starts with when the file says nothing, or is not there', () => {
    const shipped = fileURLToPath(new URL('../../../config/snowball.yaml', import.meta.url));

    assert.deepEqual(readPermits(shipped), plainPermits);
    assert.deepEqual(readPermits(file('strategies: []\n')), plainPermits);
    assert.deepEqual(readPermits(file('')), plainPermits);
    assert.deepEqual(readPermits(join(folder, 'nothing.yaml')), plainPermits);
    assert.deepEqual(readPermits(file('permits: [\n')), plainPermits);
    assert.deepEqual(readPermits(file('a: 1\na: 2\n')), plainPermits);
  });

  test('lets out what is named, and leaves the rest as it is', () => {
    const permits = readPermits(file('strategies: []\npermits:\n  sessions: [regular, after-market]\n'));

    assert.deepEqual(permits, { ...plainPermits, sessions: new Set(['regular', 'after-market']) });
  });

  test('names the line of what it does not know', () => {
    failsAt('strategies: []\npermits:\n  sessions:\n    - regular\n    - midnight\n', 5);
    failsAt('permits:\n  types: []\n', 2);
    failsAt('permits:\n  venues: [KRX]\n  leverage: [10]\n', 3);
    failsAt('permits: all\n', 1);
  });
});
