import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';

import { allowedFindings } from '../scripts/secrets/allowed.ts';
import { secretFindings, type Finding } from '../scripts/secrets/findings.ts';

const root = join(import.meta.dirname, '..');
const git = (...args: readonly string[]): string =>
  execFileSync('git', ['-C', root, ...args], { encoding: 'utf8', maxBuffer: 2 ** 29 });

interface Place extends Finding {
  readonly file: string;
}

test('INV-20 nothing in the tracked files looks like a secret or names a machine, but the fixtures that are listed', () => {
  const files = git('ls-files', '-z').split('\0').filter(isText);

  const places = files.flatMap((file) => placesIn(file, textOf(file)));

  assert.ok(files.length > 1_000, `only ${files.length} files were read`);
  assert.deepEqual(
    places.filter((place) => !isAllowed(place)).map(({ file, line, rule }) => `${file}:${line} ${rule}`),
    [],
    'take it out of the file, and if it was real, out of the world',
  );
  assert.deepEqual(
    allowedFindings.filter((allowed) => !places.some((place) => isOf(place, allowed))),
    [],
    'what is allowed and is not there any more is taken off the list',
  );
});

/** By hand, as it grows with the repository: `SECRET_HISTORY=1 node --test tests/secret-scan.test.ts` reads every commit. */
test('INV-20 no line that a commit ever added looks like a secret', () => {
  const range = process.env['SECRET_HISTORY'] === '1' ? ['HEAD'] : ['-n', '5', 'HEAD'];
  const diff = git('log', '-p', '-U0', '--format=', '--no-color', '--no-ext-diff', ...range, '--', '.');

  const places = addedTexts(diff).flatMap(([file, text]) => placesIn(file, text));

  const wrong = places.filter((place) => place.rule !== 'machine' && !isAllowed(place) && !wasAllowed(place));
  assert.deepEqual(
    wrong.map(({ file, rule, text }) => `${file} ${rule} ${text.slice(0, 4)}…`),
    [],
  );
});

/** Built from pieces here, so that this file holds none of them. */
const digest = (seed: string): Buffer => createHash('sha512').update(seed).digest();
const joined = (...pieces: readonly string[]): string => pieces.join('');
const secrets: readonly (readonly [string, Finding['rule'], string])[] = [
  ['a private key', 'shape', joined('-----BEGIN ', 'PRIVATE KEY-----')],
  ['an age key', 'shape', joined('AGE-SECRET-', 'KEY-1', 'Q2W3'.repeat(14))],
  ['a token of a code host', 'shape', joined('ghp', '_', digest('g').toString('hex').slice(0, 36))],
  ['an address with a password', 'shape', joined('https:', '//me:sesame@example.test/')],
  ['an app key by its name', 'named', joined("app_key: '", 'abcd1234'.repeat(4), "'")],
  ['a passphrase by its name', 'named', joined('"passphrase": "', 'correct-horse-battery', '"')],
  ['a line of base64', 'random', digest('b').toString('base64').slice(0, 40)],
  ['a key in hex', 'random', digest('h').toString('hex').slice(0, 64)],
  ['a home', 'machine', joined('see ', '/ho', 'me/somebody/checkout')],
  ['a home of a Mac', 'machine', joined("'", '/Us', "ers/somebody'")],
  ['a home of Windows', 'machine', joined('C:', '\\Us', 'ers\\somebody')],
  ['a folder of a workshop', 'machine', joined('(', '/wo', 'rk/main)')],
];

for (const [name, rule, text] of secrets) {
  test(`secretFindings() finds ${name}, with its line`, () => {
    const found = secretFindings(`first line\nconst value = ${text};\n`);

    assert.ok(
      found.some((finding) => finding.rule === rule && finding.line === 2),
      JSON.stringify(found),
    );
  });
}

test('secretFindings() finds 99 of 100 app keys of 36 letters and digits', () => {
  const keys = Array.from({ length: 1_000 }, (_, index) =>
    digest(String(index)).toString('base64').replace(/[+/=]/g, '').slice(0, 36),
  );

  const missed = keys.filter((key) => !secretFindings(key).some(({ rule }) => rule === 'random'));

  assert.ok(missed.length <= 10, `${missed.length} of 1000 were missed`);
});

test('secretFindings() takes names, paths and addresses of ours for none', () => {
  const lines = [
    "import { canonicalRequestOfTheVeryLongNamedOrder } from '#gateway/desk/canonical-request-of-order.ts';",
    'const passphrase = await askForPassphrase();',
    "const token = tokens.get('watchdog');",
    'https://apiportal.koreainvestment.com:9443/oauth2/tokenP',
    '/usr/bin/node and /tmp and /root',
  ];

  assert.deepEqual(secretFindings(lines.join('\n')), []);
});

function placesIn(file: string, text: string): readonly Place[] {
  return secretFindings(text).map((finding) => ({ file, ...finding }));
}

function isAllowed(place: Place): boolean {
  return allowedFindings.some((allowed) => isOf(place, allowed));
}

/** Files are moved in a history, and what is listed by its beginning may have stood in another one. */
function wasAllowed({ text }: Place): boolean {
  return allowedFindings.some(({ begins }) => begins !== '' && text.startsWith(begins));
}

function isOf(place: Place, { file, begins }: { readonly file: string; readonly begins: string }): boolean {
  return place.file === file && place.text.startsWith(begins);
}

function isText(file: string): boolean {
  return file !== '' && !/\.(?:png|woff2)$/.test(file);
}

/** A file that was removed and is not committed yet is empty; digests of a lock are no secrets. */
function textOf(file: string): string {
  try {
    const text = readFileSync(join(root, file), 'utf8');
    return basename(file) === 'package-lock.json' ? withoutDigests(text) : text;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

function withoutDigests(lock: string): string {
  return lock.replace(/"integrity": "sha512-[A-Za-z0-9+/]{86}=="/g, '');
}

/** The added lines of each file of a diff without context. */
function addedTexts(diff: string): readonly (readonly [string, string])[] {
  return diff.split(/^diff --git /m).flatMap((part) => {
    const [, file] = /^\+\+\+ b\/(.*)$/m.exec(part) ?? [];
    if (file === undefined) return [];
    const added = part.split('\n').filter((line) => line.startsWith('+') && !line.startsWith('+++ '));
    const text = added.map((line) => line.slice(1)).join('\n');
    return [[file, basename(file) === 'package-lock.json' ? withoutDigests(text) : text] as const];
  });
}
