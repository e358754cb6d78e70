import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { openAnchor, type AnchoredHead } from './anchor-file.ts';
import { headLine, readHeadLine } from './head-line.ts';
import { openJournal } from './open-journal.ts';
import { journalSigner } from './signer.ts';
import { verifyJournal } from './verify-journal.ts';

/** A signed journal of `count` records in which `value` stands, and the head that went out after the fifth. */
async function aJournal(context: TestContext, { count, value }: { count: number; value: number }) {
  const folder = mkdtempSync(join(tmpdir(), 'sb-head-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'journal');
  const signer = await journalSigner(
    () => null,
    async () => undefined,
  );
  const anchor = await openAnchor(`${file}.anchor`);
  const journal = await openJournal({ file });
  const heads: AnchoredHead[] = [];
  const onSigned = async (head: { sequence: number; hash: string }) =>
    void heads.push(await anchor.append(head, signer));
  await journal.startSigning({ signer, every: 5, onSigned });
  for (let index = 0; index < count; index += 1) await journal.append([{ kind: 'login', body: { value, index } }]);
  await journal.close();
  await anchor.close();
  const [, head = heads[0]] = heads;
  assert.ok(head);
  return { file, head };
}

test('INV-31 readHeadLine() takes a head as a person copies it from a message, and verifyJournal() finds it in the journal', async (context) => {
  const { file, head } = await aJournal(context, { count: 12, value: 1 });
  const message = `[알림] 스노우볼 모의: 오늘의 기록 머리예요.\n${headLine(head).replaceAll(' ', '\n ')}\n2026-11-21 09:00:00 KST · a0h-1a2b`;

  const line = readHeadLine(message);

  assert.deepEqual([line.sequence, line.hash], [head.sequence, head.hash]);
  assert.equal(verifyJournal(file, { head: line }).kind, 'intact');
  assert.equal(verifyJournal(file, { head: line, anchorFile: `${file}.anchor` }).kind, 'intact');
});

test('INV-31 verifyJournal() finds a whole journal that was written anew by the head in a message alone', async (context) => {
  const genuine = await aJournal(context, { count: 12, value: 1 });
  const forged = await aJournal(context, { count: 12, value: 2 });
  const short = await aJournal(context, { count: 1, value: 1 });
  const line = readHeadLine(headLine(genuine.head));

  assert.equal(verifyJournal(forged.file).kind, 'intact', 'nothing in the file itself says so');
  assert.equal(verifyJournal(forged.file, { head: line }).kind, 'broken');
  assert.equal(verifyJournal(short.file, { head: line }).kind, 'broken');
});

test('INV-31 a head whose number, hash, time or signature was changed in the message is not taken', async (context) => {
  const { file, head } = await aJournal(context, { count: 12, value: 1 });
  const text = headLine(head);
  const changes = [
    text.replace(` ${head.sequence} `, ` ${head.sequence - 1} `),
    text.replace(head.at, '2020-01-01T00:00:00Z'),
    text.replace(head.hash, 'f'.repeat(64)),
    text.replace(head.previous, 'e'.repeat(64)),
    text.slice(0, -4) + 'abcd',
  ];

  for (const changed of changes)
    assert.equal(verifyJournal(file, { head: readHeadLine(changed) }).kind, 'broken', changed);
  for (const cut of ['', text.slice(0, -1), text.slice(20), `${text}0`, text.toUpperCase()]) {
    assert.throws(() => readHeadLine(cut), { code: 'journal.head-line' });
  }
});
