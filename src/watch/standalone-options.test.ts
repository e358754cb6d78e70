import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeRunFolder, runFolderOf, watchdogTokenFile } from '#link/run-folder.ts';
import { standaloneOptions } from './standalone-options.ts';

test('standaloneOptions() finds the capability that a started house wrote, and says so when there is none', async (context) => {
  const home = mkdtempSync(join(tmpdir(), 'apart-'));
  context.after(() => rmSync(home, { recursive: true }));
  const before = await standaloneOptions(home).catch((error: { code: string }) => error.code);
  makeRunFolder(runFolderOf(home));
  writeFileSync(join(runFolderOf(home), watchdogTokenFile), 'the-token\nthe-build\n', { mode: 0o600 });

  assert.equal(before, 'watch.no-token');
  assert.deepEqual(await standaloneOptions(home), {
    home,
    runFolder: runFolderOf(home),
    token: 'the-token',
    build: 'the-build',
  });
});
