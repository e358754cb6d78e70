import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const main = join(import.meta.dirname, 'main.ts');

test('snowball --version says the version of the package and nothing else', () => {
  const said = readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8');
  const wanted = /"version": "([^"]+)"/.exec(said)?.[1];

  for (const flag of ['--version', '-V']) {
    const run = spawnSync(process.execPath, [main, flag], { encoding: 'utf8' });
    assert.deepEqual([run.status, run.stdout, run.stderr], [0, `${wanted}\n`, '']);
  }
});
