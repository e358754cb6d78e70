#!/usr/bin/env node
/**
 * Checks a Snowball journal, or an export of one, with nothing but this file and Node 20 or newer.
 * The chain: each record's hash is SHA-256 over JSON [sequence, kind, recordedAt, body, hash of the record before].
 * The checkpoints: Ed25519 over "snowball-checkpoint 1", sequence, hash and time of the record before, a line each.
 * The anchor: one JSON line a head, signed, each with the SHA-256 of the line before it; all must be in the journal.
 * A part of a journal lacks anchored heads: say --part. Ends with 0 when all is well, 1 at the first bad record, 2 when asked wrongly.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';

const nothing = '0'.repeat(64);
const { file, key: trusted, anchor, isPart } = options(process.argv.slice(2));
const state = { sequence: 0, hash: nothing, key: null, every: 0, signed: 0, checkpoints: 0 };
let [line, first, next] = [0, 0, 0];
const heads = anchor === undefined ? [] : anchorHeads(anchor);
let read = null;

for await (const text of lines(file)) take(text);
// What was recorded while the disk was full waits in the reserve beside the journal.
const spare = `${file}.reserve`;
if (read === readRaw && existsSync(spare)) reserve(readFileSync(spare, 'latin1').split('\0')[0]);
if (read === null) bad('the file is empty');
while (next < heads.length && heads[next].sequence < first) next += 1;
if (next < heads.length && !isPart) bad(`the anchor holds ${heads[next].sequence} records`);
const range = first === 0 ? 'no records' : `records ${first} to ${state.sequence}`;
console.log(`intact: ${range}, head ${state.hash}`);
console.log(state.checkpoints === 0 ? 'not signed' : `signed up to ${state.signed} by ${state.key}`);
if (anchor !== undefined) console.log(`${heads.length} anchored heads agree`);

function options(words) {
  const asked = {};
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '--key' || word === '--anchor') asked[word.slice(2)] = words.shift();
    else if (word === '--part') asked.isPart = true;
    else asked.file = word;
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

function take(text) {
  line += 1;
  if (read !== null) return check(read(text));
  read = text === 'snowball-journal 1' ? readRaw : readExport;
  if (read === readRaw) return;
  const header = json(text);
  if (header?.format !== 'snowball-journal-export 1') bad('this is the first line of neither a journal nor an export');
  if (header.key !== null) setKey(header.key);
}

function reserve(text) {
  for (const each of text.split('\n').slice(0, -1)) if (Number(each.split('\t')[0]) > state.sequence) take(each);
}

function readRaw(text) {
  const parts = text.split('\t');
  if (parts.length !== 5) bad(`the line has ${parts.length} parts, wanted 5`);
  const [number, kind, recordedAt, hash, body] = parts;
  const sequence = number === String(Number(number)) ? Number(number) : number;
  return { sequence, kind, recordedAt, hash, body, previousHash: state.hash };
}

function readExport(text) {
  const record = json(text) ?? bad('the line is not JSON');
  const { sequence, previousHash } = record;
  if (first === 0) Object.assign(state, { sequence: sequence - 1, hash: previousHash, signed: sequence - 1 });
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
  if (first === 0) first = sequence;
  if (kind === 'journal.key') state.signed = Math.max(state.signed, sequence);
  Object.assign(state, { sequence, hash });
  while (next < heads.length && heads[next].sequence <= sequence) {
    if (heads[next].sequence === sequence && heads[next].hash !== hash) bad('it is not what the anchor holds');
    next += 1;
  }
}

function setKey({ publicKey, every }) {
  if (trusted !== undefined && publicKey !== trusted) bad('the key is not the one that was asked for');
  const isChanged = state.key !== null && state.key !== publicKey;
  if (isChanged) console.error(`note: the key changes at record ${state.sequence + 1}`);
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
  for (const text of readFileSync(path, 'utf8').split('\n').slice(0, -1)) {
    const head = json(text);
    if (head === null) continue;
    const { sequence, hash, at, publicKey, signature } = head;
    const signed = `snowball-anchor 1\n${sequence}\n${hash}\n${at}\n${previous}\n`;
    const isGood = head.previous === previous && isSigned(signed, signature, publicKey);
    if (!isGood) bad(`head ${good.length + 1} of the anchor is bad`);
    previous = createHash('sha256').update(text).digest('hex');
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
  console.error(`BROKEN at record ${state.sequence + 1}, line ${line}: ${reason}`);
  process.exit(1);
}
