import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, beforeEach, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openJournal } from './open-journal.ts';
import { verifyJournal } from './verify-journal.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const entry = (value: number, text = '') => ({ kind: 'test.entry', body: { value, text } });

describe('openJournal()', () => {
  let folder = '';
  let file = '';
  let serial = 0;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'journal-'))));
  beforeEach(() => (file = join(folder, `${(serial += 1)}.journal`)));
  after(() => rmSync(folder, { recursive: true }));

  /** A thread of a process whose program came by `--eval` cannot be started. */
  function programFile(program: string): string {
    const path = `${file}.mjs`;
    writeFileSync(path, program);
    return path;
  }

  async function written(count: number): Promise<void> {
    const journal = await openJournal({ file });
    for (let value = 1; value <= count; value += 1) await journal.append([entry(value, '한글 "따옴표"\n')]);
    await journal.close();
  }

  test('gives back after reopening what was appended, in order and chained', async () => {
    await written(3);

    const journal = await openJournal({ file });
    const records = [...journal.read(1)];

    assert.deepEqual(
      records.map((record) => [record.sequence, record.body]),
      [1, 2, 3].map((value) => [value, JSON.stringify({ text: '한글 "따옴표"\n', value })]),
    );
    assert.equal(records[0]?.previousHash, '0'.repeat(64));
    assert.equal(records[2]?.previousHash, records[1]?.hash);
    assert.deepEqual(journal.head(), { sequence: 3, hash: records[2]?.hash });
    assert.equal([...journal.read(3)].length, 1);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    await journal.close();
  });

  test('commits what piles up during a sync together, without holes', async () => {
    let syncs = 0;
    const journal = await openJournal({ file, openFile: counting(() => (syncs += 1)) });

    const appended = await Promise.all(Array.from({ length: 500 }, (_, value) => journal.append([entry(value)])));

    assert.deepEqual(
      appended.map(([record]) => record?.sequence),
      Array.from({ length: 500 }, (_, index) => index + 1),
    );
    assert.ok(syncs <= 4, `500 appends took ${syncs} syncs`);
    await journal.close();
    assert.equal(verifyJournal(file).kind, 'intact');
  });

  test('refuses a second opener and lets the next one in after closing', async () => {
    const first = await openJournal({ file });

    await assert.rejects(openJournal({ file }), { code: 'journal.locked' });
    await first.close();

    await (await openJournal({ file })).close();
  });

  test('refuses an entry that is not plain JSON and goes on', async () => {
    const journal = await openJournal({ file });

    await assert.rejects(journal.append([{ kind: 'test.entry', body: { value: Number.NaN } }]), {
      code: 'journal.entry',
    });
    await journal.append([entry(1)]);

    assert.equal(journal.head().sequence, 1);
    await journal.close();
  });

  test('cuts off an unfinished last write, but refuses a journal whose acknowledged end is damaged', async () => {
    await written(3);
    const whole = readFileSync(file);
    writeFileSync(file, Buffer.concat([whole, Buffer.from('4\ttest.entry\t2026')]));
    const journal = await openJournal({ file });
    assert.equal(journal.head().sequence, 3);
    await journal.append([entry(4)]);
    await journal.close();
    assert.equal(verifyJournal(file).kind, 'intact');

    truncateSync(file, whole.length + 10);

    await assert.rejects(openJournal({ file }), { code: 'journal.broken' });
  });

  test('treats a failed sync as fatal: nothing is acknowledged any more, and no sync is tried again', async () => {
    let syncs = 0;
    const journal = await openJournal({
      file,
      openFile: counting(() => {
        syncs += 1;
        if (syncs === 4) throw Object.assign(new Error('input/output error'), { code: 'EIO' });
      }),
    });
    await journal.append([entry(1)]);

    await assert.rejects(journal.append([entry(2)]), { code: 'journal.failed' });
    await assert.rejects(journal.append([entry(3)]), { code: 'journal.failed' });

    assert.equal(syncs, 4);
    assert.equal(journal.head().sequence, 1);
    await journal.close();
  });

  test('answers a full disk with journal.full, keeps what it has and goes on when there is room', () => {
    // The shell ignores the signal, so that the limit shows as a write error, as a full disk does.
    const program = `
      import { openJournal } from ${JSON.stringify(new URL('./open-journal.ts', import.meta.url).href)};
      import { threadDisk } from ${JSON.stringify(new URL('./thread-disk.ts', import.meta.url).href)};
      const journal = await openJournal({ file: ${JSON.stringify(file)}, diskOf: threadDisk });
      const text = 'x'.repeat(1000);
      let code = '';
      for (let value = 0; code === ''; value += 1) {
        await journal.append([{ kind: 'test.entry', body: { value, text } }]).catch((error) => (code = error.code));
      }
      const kept = journal.head().sequence;
      await journal.append([{ kind: 'test.small', body: {} }]);
      await journal.close();
      console.log(JSON.stringify({ code, kept }));`;
    const child = spawnSync(
      'bash',
      ['-c', `trap '' XFSZ; ulimit -f 8; exec "$0" "$1"`, process.execPath, programFile(program)],
      { cwd: root },
    );

    const { code, kept } = JSON.parse(child.stdout.toString()) as { code: string; kept: number };
    assert.equal(code, 'journal.full');
    const verified = verifyJournal(file);
    assert.ok(verified.kind === 'intact' && verified.records === kept + 1 && verified.unfinishedBytes === 0);
  });

  test('has every acknowledged record after its writer was killed at a random moment', async () => {
    const program = `
      import { openJournal } from ${JSON.stringify(new URL('./open-journal.ts', import.meta.url).href)};
      import { threadDisk } from ${JSON.stringify(new URL('./thread-disk.ts', import.meta.url).href)};
      const byThread = { diskOf: threadDisk };
      const journal = await openJournal({ file: process.argv[2], ...(process.argv[3] === 'thread' ? byThread : {}) });
      const lane = async () => {
        for (;;) {
          const [record] = await journal.append([{ kind: 'test.entry', body: { text: 'y'.repeat(500) } }]);
          process.stdout.write(record.sequence + ' ' + record.hash + '\\n');
        }
      };
      await Promise.all([lane(), lane(), lane()]);`;
    for (let round = 0; round < 4; round += 1) {
      const disk = round % 2 === 0 ? 'thread' : 'handles';
      const child = spawn(process.execPath, [programFile(program), file, disk], {
        cwd: root,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const acknowledged = new Map<number, string>();
      const killAfter = 1 + Math.floor(Math.random() * 60);
      for await (const line of createInterface({ input: child.stdout })) {
        const [sequence, hash] = line.split(' ');
        if (hash?.length === 64) acknowledged.set(Number(sequence), hash);
        if (acknowledged.size === killAfter) child.kill('SIGKILL');
      }
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      assert.ok(acknowledged.size >= killAfter, `it wrote ${acknowledged.size} of ${killAfter}`);
      const journal = await openJournal({ file });
      const kept = new Map([...journal.read(1)].map((record) => [record.sequence, record.hash]));
      await journal.close();
      for (const [sequence, hash] of acknowledged) assert.equal(kept.get(sequence), hash, `record ${sequence}`);
    }
  });

  test('verifyJournal() finds every changed byte', async () => {
    await written(4);
    const whole = readFileSync(file);
    assert.equal(verifyJournal(file).kind, 'intact');
    for (let at = 0; at < whole.length; at += 1) {
      const changed = Buffer.from(whole);
      changed.writeUInt8(whole.readUInt8(at) ^ (1 << (at % 8)), at);
      writeFileSync(file, changed);

      assert.equal(verifyJournal(file).kind, 'broken', `byte ${at}`);
    }
  });

  test('verifyJournal() finds a deleted, moved, added or missing record and names the first bad one', async () => {
    await written(5);
    const [header = '', ...records] = readFileSync(file, 'utf8').split('\n').slice(0, -1);
    const [one = '', two = '', three = '', four = '', five = ''] = records;
    const cases: readonly (readonly [string, readonly string[], number])[] = [
      ['deleted', [one, two, four, five], 3],
      ['swapped', [one, three, two, four, five], 2],
      ['added', [one, two, three, four, five, five], 6],
      ['truncated', [one, two, three], 4],
      ['emptied', [], 1],
    ];
    for (const [name, lines, sequence] of cases) {
      writeFileSync(file, [header, ...lines, ''].join('\n'));
      const found = verifyJournal(file);
      if (name === 'added')
        assert.ok(found.kind === 'intact' && found.unfinishedBytes > 0, 'a line beyond the end is cut off');
      else assert.ok(found.kind === 'broken' && found.sequence === sequence, `${name}: ${JSON.stringify(found)}`);
    }
  });
});

/** Opens real files whose sync tells `onSync` first, which may throw in its place. */
function counting(onSync: () => void): typeof open {
  return async (...parameters) => {
    const handle = await open(...parameters);
    const sync = handle.datasync.bind(handle);
    const watched: FileHandle = Object.assign(handle, {
      datasync: async () => {
        onSync();
        await sync();
      },
    });
    return watched;
  };
}
