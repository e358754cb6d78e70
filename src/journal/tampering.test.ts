import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Secret } from '#domain/secret.ts';
import { openAnchor, readAnchor } from './anchor-file.ts';
import { keyKind } from './checkpoint.ts';
import { exportJournal } from './export-journal.ts';
import type { FileJournal } from './journal.ts';
import { openJournal } from './open-journal.ts';
import { encodeLine, sealRecord } from './record-line.ts';
import { journalSigner, type JournalSigner } from './signer.ts';
import { verifyJournal } from './verify-journal.ts';

/** A thousand each take 20 s: `TAMPERINGS=1000 node --test src/journal/tampering.test.ts`. */
const changesEach = Number(process.env['TAMPERINGS'] ?? 50);
const verifier = fileURLToPath(new URL('../../scripts/verify-journal.mjs', import.meta.url));
const every = 20;
const entry = (value: number) => ({ kind: 'test.entry', body: { value, text: '한글 "따옴표" \\ \u2028' } });

type Change = (lines: readonly string[], random: (below: number) => number) => string;

/** Each makes a journal that differs from the good one; the first line stays what it is. */
const changes: Readonly<Record<string, Change>> = {
  'a flipped bit'(lines, random) {
    const text = `${lines.join('\n')}\n`;
    const at = random(text.length);
    return text.slice(0, at) + String.fromCodePoint(text.charCodeAt(at) ^ (1 << random(8))) + text.slice(at + 1);
  },
  'a deleted record': (lines, random) => `${lines.toSpliced(1 + random(lines.length - 1), 1).join('\n')}\n`,
  'two swapped records'(lines, random) {
    const one = 1 + random(lines.length - 1);
    const other = 1 + ((one - 1 + 1 + random(lines.length - 2)) % (lines.length - 1));
    return `${lines
      .with(one, lines[other] ?? '')
      .with(other, lines[one] ?? '')
      .join('\n')}\n`;
  },
  'a shortened end'(lines, random) {
    const text = `${lines.join('\n')}\n`;
    return text.slice(0, random(text.length - 1));
  },
  'an end written anew, its chain right'(lines, random) {
    const from = 1 + random(lines.length - 1);
    let hash = from === 1 ? '0'.repeat(64) : (lines[from - 1]?.split('\t')[3] ?? '');
    const forged: string[] = [];
    for (let sequence = from; sequence < lines.length + random(3); sequence += 1) {
      const record = sealRecord(entry(1_000 + random(1_000)), { sequence: sequence - 1, hash }, '2026-03-02T01:00:00Z');
      forged.push(Buffer.from(encodeLine(record), 'utf8').toString('latin1'));
      hash = record.hash;
    }
    return `${lines.slice(0, from).join('\n')}\n${forged.join('')}`;
  },
};

describe('T16 INV-31', () => {
  let folder = '';
  let signer: JournalSigner;
  let serial = 0;
  let good = { file: '', anchor: '' };
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tampering-'));
    signer = await aSigner();
    good = await aJournal(30);
  });
  after(() => rmSync(folder, { recursive: true }));

  /** A signed and anchored journal of `count` records of ours, closed. */
  async function aJournal(count: number): Promise<{ readonly file: string; readonly anchor: string }> {
    const file = join(folder, `${(serial += 1)}.journal`);
    const anchor = `${file}.anchor`;
    const { journal, close } = await opened(file, anchor);
    for (let value = 0; value < count; value += 1) await journal.append([entry(value)]);
    await close();
    return { file, anchor };
  }

  async function opened(
    file: string,
    anchorFile: string,
  ): Promise<{ readonly journal: FileJournal; readonly close: () => Promise<void> }> {
    const journal = await openJournal({ file, anchorFile });
    const anchor = await openAnchor(anchorFile);
    await journal.startSigning({
      signer,
      every,
      onSigned: async (head) => void (await anchor.append(head, signer)),
    });
    return {
      journal,
      async close() {
        await journal.close();
        await anchor.close();
      },
    };
  }

  for (const [name, change] of Object.entries(changes)) {
    test(`verifyJournal() with the anchor finds ${changesEach} journals with ${name}`, () => {
      const random = generator(name.length);
      const lines = readFileSync(good.file, 'latin1').split('\n').slice(0, -1);
      const file = join(folder, 'changed');
      for (let round = 0; round < changesEach; round += 1) {
        // The attacker also removes the note beside the journal, which is as easy to write as the journal.
        writeFileSync(file, change(lines, random), 'latin1');

        const found = verifyJournal(file, { anchorFile: good.anchor });

        assert.equal(found.kind, 'broken', `${name}, round ${round}`);
        assert.ok(found.kind === 'broken' && found.line === found.sequence + 1 && found.reason.length > 10);
      }
    });
  }

  test(`verifyJournal() gives no false alarm on ${changesEach} good journals`, async () => {
    const lines = readFileSync(good.file, 'latin1').split('\n').slice(0, -1);
    const file = join(folder, 'growing');
    for (let round = 0; round < changesEach; round += 1) {
      const head = 1 + (round % (lines.length - 1));
      writeFileSync(file, `${lines.slice(0, head + 1).join('\n')}\n`, 'latin1');
      assert.equal(verifyJournal(file).kind, 'intact', `the first ${head} records`);
    }
    const reopened = await opened(good.file, good.anchor);
    await reopened.close();
    const found = verifyJournal(good.file, { anchorFile: good.anchor, publicKey: signer.publicKey });
    assert.ok(found.kind === 'intact' && found.signed.checkpoints >= 3 && found.signed.keys.length === 1);
  });

  test('openJournal() refuses a journal that was rolled back to an older copy together with its note', async () => {
    const { file, anchor } = await aJournal(5);
    const copies = [file, `${file}.head`].map((path) => [path, readFileSync(path)] as const);
    const { journal, close } = await opened(file, anchor);
    await journal.append([entry(6)]);
    await close();

    for (const [path, bytes] of copies) writeFileSync(path, bytes);

    await assert.rejects(openJournal({ file, anchorFile: anchor }), {
      code: 'journal.broken',
      message: /anchor holds/,
    });
    await (await openJournal({ file })).close();
  });

  test('a journal that was rewritten and signed with another key is found by the key and by the anchor', async () => {
    const forger = await aSigner();
    const file = join(folder, 'forged');
    const journal = await openJournal({ file });
    await journal.startSigning({ signer: forger, every });
    for (let value = 0; value < 30; value += 1) await journal.append([entry(value)]);
    await journal.close();

    assert.equal(verifyJournal(file).kind, 'intact', 'the forger knows how to sign');
    assert.equal(verifyJournal(file, { publicKey: signer.publicKey }).kind, 'broken');
    assert.equal(verifyJournal(file, { anchorFile: good.anchor }).kind, 'broken');
  });

  test('an end without checkpoints is found without any anchor as soon as it is longer than their distance', () => {
    const file = join(folder, 'unsigned-end');
    copyFileSync(good.file, file);
    const found = verifyJournal(file);
    assert.ok(found.kind === 'intact');
    let { head } = found;
    for (let value = 0; value < every + 1; value += 1) {
      const record = sealRecord(entry(value), head, '2026-03-02T01:00:00Z');
      appendFileSync(file, encodeLine(record));
      head = record;
    }

    const late = verifyJournal(file);

    assert.ok(late.kind === 'broken' && late.reason.includes('checkpoint'), JSON.stringify(late));
  });

  test('a journal from before there were checkpoints opens, verifies, is said to have none, and is signed from then on', async () => {
    const file = join(folder, 'old');
    const old = await openJournal({ file });
    for (let value = 0; value < 25; value += 1) await old.append([entry(value)]);
    await old.close();
    const before = verifyJournal(file);
    assert.ok(before.kind === 'intact' && before.signed.checkpoints === 0 && before.signed.keys.length === 0);

    const { journal, close } = await opened(file, `${file}.anchor`);
    await journal.append([entry(26)]);
    const kinds = new Set([...journal.read(1)].map((record) => record.kind));
    await close();

    const signed = verifyJournal(file, { anchorFile: `${file}.anchor` });
    assert.ok(signed.kind === 'intact' && signed.signed.keys[0]?.sequence === 26 && signed.signed.signedUpTo > 26);
    assert.deepEqual([...kinds], ['test.entry'], 'who folds the journal does not see what it writes about itself');
  });

  test('readAnchor() finds a changed, deleted or moved line, and forgives an unfinished one', () => {
    const lines = readFileSync(good.anchor, 'utf8').split('\n').slice(0, -1);
    const file = join(folder, 'anchor');
    const faultOf = (changed: readonly string[]) => {
      writeFileSync(file, `${changed.join('\n')}\n`);
      return readAnchor(file).fault;
    };

    assert.equal(faultOf(lines), null);
    assert.equal(faultOf([lines[0] ?? '', '{"half', ...lines.slice(1)]), null);
    assert.equal(faultOf(lines.toSpliced(1, 1))?.line, 2);
    assert.equal(faultOf([lines[1] ?? '', lines[0] ?? '', ...lines.slice(2)])?.line, 1);
    assert.equal(faultOf([(lines[0] ?? '').replace(/"sequence":\d+/, '"sequence":1'), ...lines.slice(1)])?.line, 1);
  });

  test('the stand-alone verifier agrees with ours on journal, export and part, and finds a changed byte in each', () => {
    const whole = join(folder, 'whole.jsonl');
    const part = join(folder, 'part.jsonl');
    assert.equal(exportJournal(good.file, whole, { from: null, to: null }).first, 1);
    assert.deepEqual(exportJournal(good.file, part, { from: 15, to: 20 }), { records: 6, first: 15, last: 20 });
    const check = (...words: readonly string[]) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [verifier, ...words], { encoding: 'utf8' });
      return { status, said: stdout + stderr };
    };
    const key = ['--key', signer.publicKey];

    for (const file of [good.file, whole]) {
      const { status, said } = check(file, ...key, '--anchor', good.anchor);
      assert.equal(status, 0, said);
      assert.match(said, /signed up to \d+ by [0-9a-f]{64}/);
    }
    assert.equal(check(part, ...key, '--anchor', good.anchor, '--part').status, 0);
    assert.equal(check(good.file, '--key', '0'.repeat(64)).status, 1);
    for (const file of [good.file, whole, part]) {
      const changed = join(folder, 'changed-byte');
      writeFileSync(changed, readFileSync(file, 'utf8').replace('"value', '"valve').replace('\\"value', '\\"valve'));
      const { status, said } = check(changed);
      assert.equal(status, 1, said);
      assert.match(said, /BROKEN at record \d+, line \d+: its hash/);
    }
  });
});

async function aSigner(): Promise<JournalSigner> {
  let sealed: Secret | null = null;
  const make = () =>
    journalSigner(
      () => sealed,
      async (key) => void (sealed = key),
    );
  const first = await make();
  assert.equal((await make()).publicKey, first.publicKey, `a sealed key is used again (${keyKind})`);
  return first;
}

/** Lehmer's generator. */
function generator(seed: number): (below: number) => number {
  let state = seed * 7_919 + 1;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}
