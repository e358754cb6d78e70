import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { haltFileOf, readHaltFile, watchHaltFile } from './halt-file.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'halt-file-'));
});
afterEach(() => rmSync(home, { recursive: true }));

test('readHaltFile() gives the printable words of the file, and null without one', () => {
  const before = readHaltFile(home);
  writeFileSync(haltFileOf(home), `그만\n\t"stop" \u001b[31m${'x'.repeat(5_000)}`);

  assert.equal(before, null);
  assert.equal(readHaltFile(home), `file HALT: 그만 "stop" [31m${'x'.repeat(160 - 14)}`);
});

test('INV-15 readHaltFile() takes an empty file, a folder, a pipe and garbage for a halt', () => {
  const made: readonly (() => void)[] = [
    () => writeFileSync(haltFileOf(home), ''),
    () => writeFileSync(haltFileOf(home), Buffer.from([0xff, 0xfe, 0x00, 0x80])),
    () => mkdirSync(haltFileOf(home)),
    () => execFileSync('mkfifo', [haltFileOf(home)]),
  ];

  const read = made.map((make) => {
    make();
    const reason = readHaltFile(home);
    rmSync(haltFileOf(home), { recursive: true });
    return reason;
  });

  assert.deepEqual(
    read.map((reason) => reason?.startsWith('file HALT: ')),
    [true, true, true, true],
  );
});

test('watchHaltFile() tells each appearance once, also the one before it began to look', async () => {
  writeFileSync(haltFileOf(home), 'first');
  const told: string[] = [];
  let onTold = (): void => undefined;
  const watch = watchHaltFile(home, (reason) => {
    told.push(reason);
    onTold();
  });
  const atOnce = [...told];

  rmSync(haltFileOf(home));
  const again = new Promise<void>((resolve) => (onTold = resolve));
  // Two looks pass, so that the absence is seen.
  setTimeout(() => writeFileSync(haltFileOf(home), 'second'), 250);
  await again;
  watch.stop();

  assert.deepEqual(atOnce, ['file HALT: first']);
  assert.match(told.at(-1) ?? '', /^file HALT: (second|no reason given)$/);
  assert.equal(told.length, 2);
});
