#!/usr/bin/env node
/**
 * Checks a Snowball journal, or an export of one, with nothing but this file and Node 20 or newer:
 *
 *   node verify-journal.mjs FILE [--key PUBLIC_KEY] [--anchor ANCHOR_FILE]
 *
 * The chain: each record's hash is SHA-256 over JSON [sequence, kind, recordedAt, body, hash of the record before].
 * The checkpoints: Ed25519 over "snowball-checkpoint 1", sequence, hash and time of the record before, a line each.
 * The anchor: one JSON line a head, signed, each with the SHA-256 of the line before it; all must be in the journal.
 * An export that begins or ends within the journal lacks some of the anchored heads: say --part for it.
 * Ends with 0 when all is well, 1 at the first bad record, which it names, and 2 when it was asked wrongly.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';

const nothing = '0'.repeat(64);
const { file, key: trusted, anchor } = options(process.argv.slice(2));
const heads = anchor === undefined ? [] : anchorHeads(anchor);
const state = {
  sequence: 0,
  hash: nothing,
  key: null,
  every: 0,
  signed: 0,
  checkpoints: 0,
  line: 0,
  first: 0,
  next: 0,
};
let read = null;

for await (const line of lines(file)) take(line);
// What was recorded while the disk was full waits in the reserve beside the journal.
if (read === readRaw && existsSync(`${file}.reserve`))
  reserve(readFileSync(`${file}.reserve`, 'latin1').split('\0')[0]);
if (read === null) bad('the file is empty');
while (state.next < heads.length && heads[state.next].sequence < state.first) state.next += 1;
if (state.next < heads.length && !process.argv.includes('--part'))
  bad(`the journal ends here, though the anchor holds ${heads[state.next].sequence} records`);
const range = state.first === 0 ? 'no records' : `records ${state.first} to ${state.sequence}`;
console.log(`intact: ${range}, head ${state.hash}`);
console.log(state.checkpoints === 0 ? 'not signed' : `signed up to ${state.signed} by ${state.key}`);
if (anchor !== undefined) console.log(`${heads.length} anchored heads agree`);

function options(words) {
  const asked = {};
  while (words.length > 0) {
    const word = words.shift();
    if (word === '--key' || word === '--anchor') asked[word.slice(2)] = words.shift();
    else if (word !== '--part') asked.file = word;
  }
  if (asked.file === undefined || !existsSync(asked.file)) {
    console.error('usage: node verify-journal.mjs FILE [--key PUBLIC_KEY] [--anchor ANCHOR_FILE] [--part]');
    process.exit(2);
  }
  return asked;
}

/** Lines as Latin-1, a character a byte; a last one without an end is an unfinished write and is not a record. */
async function* lines(path) {
  let rest = '';
  for await (const chunk of createReadStream(path, { encoding: 'latin1', highWaterMark: 1 << 20 })) {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop();
    yield* parts;
  }
  if (rest !== '') console.error('note: the last line is unfinished and was not read');
}

function take(line) {
  state.line += 1;
  if (read !== null) return check(read(line));
  if (line === 'snowball-journal 1') return void (read = readRaw);
  const header = json(line);
  if (header?.format !== 'snowball-journal-export 1')
    bad('the first line is neither that of a journal nor of an export');
  read = readExport;
  if (header.key !== null) setKey(header.key);
}

function reserve(text) {
  for (const line of text.split('\n').slice(0, -1)) if (Number(line.split('\t')[0]) > state.sequence) take(line);
}

function readRaw(line) {
  const parts = line.split('\t');
  if (parts.length !== 5) bad(`the line has ${parts.length} parts, wanted 5`);
  const [sequence, kind, recordedAt, hash, body] = parts;
  return { sequence: Number(sequence), kind, recordedAt, hash, body, previousHash: state.hash };
}

function readExport(line) {
  const record = json(line) ?? bad('the line is not JSON');
  if (state.first === 0)
    Object.assign(state, {
      sequence: record.sequence - 1,
      hash: record.previousHash,
      signed: Math.max(0, record.sequence - 1),
    });
  return record;
}

function check(record) {
  const { sequence, kind, recordedAt, hash, body } = record;
  if (sequence !== state.sequence + 1) bad(`its number is ${sequence}, wanted ${state.sequence + 1}`);
  if (record.previousHash !== state.hash) bad('it does not hang on the record before it');
  const text = JSON.stringify([sequence, kind, recordedAt, body, state.hash]);
  if (createHash('sha256').update(text, 'latin1').digest('hex') !== hash) bad('its hash does not fit its content');
  if (kind === 'journal.key') setKey(json(body));
  else if (kind === 'journal.checkpoint') checkpoint(json(body), recordedAt);
  else if (state.every > 0 && sequence - state.signed > state.every + 1) bad('a checkpoint is overdue');
  if (state.first === 0) state.first = sequence;
  if (kind === 'journal.key') state.signed = Math.max(state.signed, sequence);
  Object.assign(state, { sequence, hash });
  while (state.next < heads.length && heads[state.next].sequence <= sequence) {
    if (heads[state.next].sequence === sequence && heads[state.next].hash !== hash)
      bad('it is not what the anchor holds');
    state.next += 1;
  }
}

function setKey({ publicKey, every }) {
  if (trusted !== undefined && publicKey !== trusted) bad('the key is not the one that was asked for');
  if (state.key !== null && state.key !== publicKey)
    console.error(`note: the key changes at record ${state.sequence + 1}`);
  Object.assign(state, { key: publicKey, every, signed: Math.max(state.signed, state.sequence) });
}

function checkpoint({ sequence, hash, signature }, recordedAt) {
  if (sequence !== state.sequence || hash !== state.hash) bad('its checkpoint is not of the record before');
  const text = `snowball-checkpoint 1\n${sequence}\n${hash}\n${recordedAt}\n`;
  if (state.key === null || !isSigned(text, signature, state.key)) bad('its signature is false');
  Object.assign(state, { signed: sequence, checkpoints: state.checkpoints + 1 });
}

function anchorHeads(path) {
  const good = [];
  let previous = nothing;
  for (const line of readFileSync(path, 'utf8').split('\n').slice(0, -1)) {
    const head = json(line);
    if (head === null) continue;
    const { sequence, hash, at, publicKey, signature } = head;
    const text = `snowball-anchor 1\n${sequence}\n${hash}\n${at}\n${previous}\n`;
    if (head.previous !== previous || !isSigned(text, signature, publicKey))
      bad(`anchor line ${good.length + 1} is bad`);
    previous = createHash('sha256').update(line).digest('hex');
    good.push(head);
  }
  return good;
}

function isSigned(text, signature, publicKey) {
  const x = Buffer.from(publicKey, 'hex').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return verify(null, Buffer.from(text), key, Buffer.from(signature, 'hex'));
}

function json(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function bad(reason) {
  console.error(`BROKEN at record ${(state?.sequence ?? 0) + 1}, line ${state?.line ?? 0}: ${reason}`);
  process.exit(1);
}
