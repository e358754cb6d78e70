import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import * as fc from 'fast-check';
import { commitNow, type SyncDisk } from './commit-now.ts';
import { commitBytesMax } from './commit-room.ts';
import { HandleDisk, type JournalFiles } from './handle-disk.ts';
import type { Commit, CommitOutcome, JournalDisk } from './journal-disk.ts';
import { openJournal } from './open-journal.ts';
import { ThreadDisk, threadDisk } from './thread-disk.ts';

const byThread = { diskOf: threadDisk };
const head = (sequence: number) => ({ sequence, hash: String(sequence % 10).repeat(64) });

describe('ThreadDisk', () => {
  let folder = '';
  let serial = 0;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'thread-disk-'))));
  after(() => rmSync(folder, { recursive: true }));

  async function files(flags = 'w+'): Promise<JournalFiles> {
    const file = join(folder, `${(serial += 1)}.journal`);
    writeFileSync(file, '');
    const [handle, note] = [await open(file, flags), await open(`${file}.head`, 'w+')];
    return { file, handle, note, ino: (await handle.stat()).ino };
  }

  async function ended(disk: JournalDisk, { handle, note }: JournalFiles): Promise<void> {
    await disk.close();
    await Promise.all([handle.close(), note.close()]);
  }

  test('leaves the same bytes and the same notes as HandleDisk, of whatever size, and further than 2³¹', async () => {
    const [plain, fast] = [await files(), await files()];
    const [handles, thread] = [new HandleDisk(plain), new ThreadDisk(fast)];
    const sizes = fc.oneof(fc.nat(5_000), fc.constantFrom(commitBytesMax - 1, commitBytesMax, commitBytesMax + 1));

    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(sizes, fc.nat(255)), { minLength: 1, maxLength: 5 }), async (batches) => {
        let at = 0;
        for (const [index, [size, fill]] of batches.entries()) {
          const commit: Commit = { bytes: Buffer.alloc(size, fill), at, head: head(index) };
          assert.deepEqual(await thread.commit(commit), await handles.commit(commit));
          at += size;
        }
        assert.ok(readFileSync(plain.file).equals(readFileSync(fast.file)));
        assert.ok(readFileSync(`${plain.file}.head`).equals(readFileSync(`${fast.file}.head`)));
      }),
      { numRuns: 15 },
    );
    const far = 2 ** 33;
    await thread.commit({ bytes: Buffer.from('far'), at: far, head: head(1) });
    const { buffer, bytesRead } = await fast.handle.read(Buffer.alloc(8), 0, 8, far);
    await fast.handle.truncate(0);

    assert.equal(buffer.toString('latin1', 0, bytesRead), 'far');
    await ended(handles, plain);
    await ended(thread, fast);
  });

  for (const [name, spoil] of Object.entries({
    removed: (file: string) => unlinkSync(file),
    'moved away': (file: string) => renameSync(file, `${file}.moved`),
    'replaced by another': (file: string) => {
      writeFileSync(`${file}.new`, '');
      renameSync(`${file}.new`, file);
    },
  })) {
    test(`T17 calls nothing durable in a file that was ${name}, as HandleDisk does`, async () => {
      const outcomes: CommitOutcome['kind'][] = [];
      for (const kind of [HandleDisk, ThreadDisk]) {
        const opened = await files();
        const disk = new kind(opened);
        spoil(opened.file);
        outcomes.push((await disk.commit({ bytes: Buffer.from('x'), at: 0, head: head(1) })).kind);
        assert.equal(readFileSync(`${opened.file}.head`, 'latin1'), '', 'and notes nothing');
        await ended(disk, opened);
      }
      assert.deepEqual(outcomes, ['not-synced', 'not-synced']);
    });
  }

  test('tells a write that the disk refused from everything after it, with the code of the disk', async () => {
    const opened = await files('r');
    const disk = new ThreadDisk(opened);

    const outcome = await disk.commit({ bytes: Buffer.from('x'), at: 0, head: head(1) });

    assert.ok(outcome.kind === 'not-written' && 'code' in outcome.cause);
    assert.equal(outcome.cause.code, 'EBADF');
    await ended(disk, opened);
  });

  test('calls a commit whose thread is gone not synced, and every one after it', async () => {
    const opened = await files();
    const disk = new ThreadDisk(opened);
    await disk.close();

    const outcomes = [
      await disk.commit({ bytes: Buffer.from('x'), at: 0, head: head(1) }),
      await disk.commit({ bytes: Buffer.from('x'), at: 0, head: head(1) }),
    ];

    assert.deepEqual(
      outcomes.map(({ kind }) => kind),
      ['not-synced', 'not-synced'],
    );
    await ended(disk, opened);
  });

  test('commitNow() ends like HandleDisk whichever call of the disk fails, and repeats no sync', async () => {
    for (let failing = 1; failing <= 4; failing += 1) {
      const { file, handle, ino, note } = await files();
      const calls: string[] = [];
      const step = (name: string): void => {
        calls.push(name);
        if (calls.length === failing) throw Object.assign(new Error(name), { code: 'EIO' });
      };
      const disk: SyncDisk = {
        write: (_descriptor, _bytes, _from, length) => (step('write'), length),
        sync: () => step('sync'),
        ino: () => (step('ino'), ino),
      };
      const commit = { bytes: Buffer.from('x'), at: 0, note: Buffer.from('n'), noteAt: 0 };

      const outcome = commitNow({ file, descriptor: handle.fd, ino, noteDescriptor: note.fd }, commit, disk);

      assert.equal(outcome.kind, failing === 1 ? 'not-written' : 'not-synced');
      assert.deepEqual(calls, ['write', 'sync', 'ino', 'write'].slice(0, failing));
      await Promise.all([handle.close(), note.close()]);
    }
  });

  test('an open journal keeps no process alive, and an append that runs does', () => {
    const file = join(folder, 'alive');
    const from = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);
    const program = `
      import { openJournal } from ${from('./open-journal.ts')};
      import { ThreadDisk, threadDisk } from ${from('./thread-disk.ts')};
      const journal = await openJournal({ file: process.argv[2], diskOf: threadDisk });
      await journal.append([{ kind: 'test.entry', body: {} }]);
      console.log(journal.head().sequence);`;

    writeFileSync(`${file}.mjs`, program);

    const child = spawnSync(process.execPath, [`${file}.mjs`, file], { timeout: 20_000 });

    assert.deepEqual([child.stdout.toString(), child.status], ['1\n', 0], child.stderr.toString());
  });

  test('INV-09 openJournal() writes the same journal with it as without', async () => {
    const [one, other] = [join(folder, 'one'), join(folder, 'other')];
    for (const [file, disk] of [
      [one, {}],
      [other, byThread],
    ] as const) {
      const journal = await openJournal({ file, ...disk });
      for (let value = 0; value < 5; value += 1)
        await journal.append([{ kind: 'test.entry', body: { value, 글: '한' } }]);
      await journal.close();
    }
    const bodies = (file: string) => readFileSync(file, 'utf8').replaceAll(/\t\d{4}-[^\t]+\t[0-9a-f]{64}\t/g, '\t');

    assert.equal(bodies(one), bodies(other));
  });
});
