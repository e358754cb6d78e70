import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..');
const document = readFileSync(join(root, 'docs', 'assurance.md'), 'utf8');
const [notYet = '', promised = ''] = document.split('## Kept');
const model = join(root, '..', 'shared', 'threat-model.md');

/** `INV-07` and `T11` as the threat model numbers them. */
const numbers = [
  ...numbered('INV-', 1, 15),
  ...numbered('INV-', 20, 23),
  ...numbered('INV-', 30, 32),
  ...numbered('INV-', 40, 42),
  ...numbered('T', 1, 30),
];

interface Row {
  readonly line: string;
  readonly cells: readonly string[];
}

test('docs/assurance.md has a promise, a test, a command and a figure in every row', () => {
  const incomplete = rows().filter(({ cells }) => cells.length !== 4 || cells.some((cell) => cell === ''));

  assert.ok(rows().length > 30, `only ${rows().length} rows were found`);
  assert.deepEqual(
    incomplete.map(({ line }) => line),
    [],
  );
});

test('docs/assurance.md names test files that are there, at least one a row, and tests that stand in them', () => {
  const problems = rows().flatMap(({ line, cells }) => {
    const files = testFiles(cells[1] ?? '');
    return files.length === 0 ? [`no test file in: ${line}`] : files.flatMap(fileProblems);
  });

  assert.deepEqual(problems, []);
});

test('docs/assurance.md gives commands that exist, for files that exist', () => {
  const scripts = Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts);
  const wrong = rows().filter(({ cells }) => {
    const [, , command = ''] = cells;
    const [, name = ''] = /^`(?:[A-Z_]+=\d+ )*npm (?:run )?([a-z]+)\b/.exec(command) ?? [];
    const isKnown = scripts.includes(name) || /^`(?:[A-Z_]+=\d+ )*node (?:--test )?[\w./-]+\.ts/.test(command);
    const files = [...command.matchAll(/[\w./-]+\.ts\b/g)].map(([file]) => file);
    return !isKnown || files.some((file) => !existsSync(join(root, file)));
  });

  assert.deepEqual(
    wrong.map(({ line }) => line),
    [],
  );
});

test('docs/assurance.md names every invariant and every line of the catalogue, as kept or as not kept yet', () => {
  const known = new Set([...numbersIn(promised), ...numbersIn(notYet)]);

  assert.deepEqual(
    numbers.filter((number) => !known.has(number)),
    [],
  );
});

test('what docs/assurance.md counts as not kept yet says why, one line each', () => {
  const lines = notYet.split('\n').filter((line) => line.startsWith('- '));

  assert.ok(lines.length > 0);
  assert.deepEqual(
    lines.filter((line) => !/^- (?:INV-\d\d|T\d\d|§\d+)[^:]*: .{20,}/.test(line)),
    [],
  );
});

test('the threat model numbers nothing that this test does not look for', (context) => {
  if (!existsSync(model)) return context.diagnostic('The threat model lies beside the checkout only in the workshop.');
  const text = readFileSync(model, 'utf8');
  const defined = [...text.matchAll(/^(?:\* (INV-\d\d)|\| (T\d\d) \|)/gm)].map(([, one, other]) => one ?? other ?? '');

  assert.deepEqual(defined.toSorted(), numbers.toSorted());
});

function numbered(prefix: string, first: number, last: number): readonly string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => prefix + String(first + index).padStart(2, '0'));
}

function rows(): readonly Row[] {
  return promised
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| promise '))
    .map((line) => ({
      line,
      cells: line
        .slice(1, line.lastIndexOf('|'))
        .split(' | ')
        .map((cell) => cell.trim()),
    }));
}

/** `INV-01…05, 07…09` counts for each of the eight. */
function numbersIn(text: string): readonly string[] {
  const lists = text.matchAll(/\b(INV-|T)(\d\d(?:(?:…|, )\d\d)*)/g);
  return [...lists].flatMap(([, prefix = '', list = '']) =>
    list.split(', ').flatMap((part) => {
      const [first = '', last = first] = part.split('…');
      return numbered(prefix, Number(first), Number(last));
    }),
  );
}

interface NamedFile {
  readonly file: string;
  /** Parts of a name, which must stand in that order in one title; `…` in the document stands for anything. */
  readonly names: readonly (readonly string[])[];
}

/** Every file of the cell, a test or a measurement, with the quoted names that follow it. */
function testFiles(cell: string): readonly NamedFile[] {
  return cell
    .split(/(?=`[\w./-]+\.ts`)/)
    .filter((part) => part.startsWith('`'))
    .map((part) => ({
      file: part.slice(1, part.indexOf('`', 1)),
      names: [...part.matchAll(/"([^"]+)"/g)].map(([, name = '']) =>
        name
          .split('…')
          .map((piece) => piece.trim())
          .filter((piece) => piece !== ''),
      ),
    }));
}

function fileProblems({ file, names }: NamedFile): readonly string[] {
  if (!existsSync(join(root, file))) return [`${file} is not there`];
  const titles = titlesOf(readFileSync(join(root, file), 'utf8'));
  return names
    .filter((pieces) => !titles.some((title) => standsIn(title, pieces)))
    .map((pieces) => `${file} has no test "${pieces.join(' … ')}"`);
}

/** What stands as the first argument of `test`, `it` or `describe`, as it is written; a title of its own constant too. */
function titlesOf(source: string): readonly string[] {
  const calls = /\b(?:test|it|describe)\(\s*(?:'([^']*)'|`([^`]*)`)|\btitle = `([^`]*)`/g;
  return [...source.matchAll(calls)].map(([, plain, template, own]) => plain ?? template ?? own ?? '');
}

function standsIn(title: string, pieces: readonly string[]): boolean {
  let at = 0;
  return pieces.every((piece, index) => {
    const found = title.indexOf(piece, at);
    at = found + piece.length;
    return index === 0 ? found === 0 : found >= 0;
  });
}
