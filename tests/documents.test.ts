import assert from 'node:assert/strict';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import type { Command } from 'commander';
import { commands } from '../src/cli/commands.ts';

const root = join(import.meta.dirname, '..');
const pages = globSync(['*.md', '{docs,deploy,examples,src}/**/*.md'], { cwd: root }).toSorted();

test('documents link to files and headings that are there', () => {
  const dead = pages.flatMap((page) =>
    linksOf(page)
      .filter((link) => !leadsSomewhere(page, link))
      .map((link) => `${page}: ${link}`),
  );

  assert.ok(pages.length > 20, `only ${pages.length} documents were found`);
  assert.deepEqual(dead, []);
});

test('documents name files of the house that are there', () => {
  const fromRoot = /[`\s(]((?:src|tests|docs|examples|bench|scripts|deploy|config|web|bin)\/[\w./-]*\w)/g;
  const fromSources = /`#?([a-z]+\/[\w./-]+\.ts)\b/g;
  const gone = pages.flatMap((page) =>
    [fromRoot, fromSources]
      .flatMap((named) => [...textOf(page).matchAll(named)])
      .map(([, path = '']) => path)
      .filter((path) => !['', 'src', dirname(page)].some((folder) => existsSync(join(root, folder, path))))
      .map((path) => `${page}: ${path}`),
  );

  assert.deepEqual(gone, []);
});

test('documents show commands that the terminal has, with their options', async () => {
  const program = await everyCommand();

  const shown = pages.flatMap((page) => commandLinesOf(page).map((line) => ({ page, line })));
  const wrong = shown.flatMap(({ page, line }) =>
    problemsOf(program, line).map((problem) => `${page}: ${problem}: ${line}`),
  );

  assert.ok(shown.length > 100, `only ${shown.length} commands were found`);
  assert.deepEqual(wrong, []);
});

test('README lists every command of the terminal in the order of its help', () => {
  const listed = ['README.md', 'README.ko.md'].map((page) =>
    /`(up status [a-z ]+)`/.exec(textOf(page))?.[1]?.split(' '),
  );

  assert.deepEqual(listed, [Object.keys(commands), Object.keys(commands)]);
});

test('ARCHITECTURE.md has a row for each folder, with the folders that its compiler project may import', () => {
  const folders = readdirSync(join(root, 'src'));
  const rows = [...textOf('ARCHITECTURE.md').matchAll(/^\| `([a-z]+)`( \*pure\*)? \|.*\| ([^|]*) \|$/gm)];
  const pure = rows.filter(([, , isPure]) => isPure !== undefined).map(([, folder = '']) => folder);

  const written = rows
    .filter(([, folder = '']) => folders.includes(folder))
    .map(([, folder = '', , cell = '']) => {
      const names = cell.replace('the pure folders', pure.join(' ')).match(/[a-z]+/g) ?? [];
      return [folder, [...new Set(names)].filter((name) => folders.includes(name)).toSorted()];
    });

  const compiled = folders.map((folder) => [folder, referencesOf(folder)]);
  assert.deepEqual(Object.fromEntries(written), Object.fromEntries(compiled));
});

function textOf(page: string): string {
  return readFileSync(join(root, page), 'utf8');
}

/** Where the links of a page lead, but for other sites; what stands in a block of code is no link. */
function linksOf(page: string): string[] {
  return [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link));
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path = '', heading] = link.split('#');
  const target = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(root, target))) return false;
  return heading === undefined || headingsOf(target).includes(decodeURIComponent(heading));
}

/** The anchors that a forge makes of headings: letters, digits and hyphens of them in lower case. */
function headingsOf(page: string): string[] {
  return [...proseOf(page).matchAll(/^#+ +(.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-'),
  );
}

function proseOf(page: string): string {
  return textOf(page).replaceAll(/^```[\s\S]*?^```/gm, '');
}

/** `snowball …` in backticks and in blocks, a line that ends with a backslash together with the next. */
function commandLinesOf(page: string): string[] {
  const text = textOf(page).replaceAll(/\\\n\s*/g, '');
  const spans = [...proseOf(page).matchAll(/`(snowball [a-z][^`]*)`/g)];
  const lines = [...text.matchAll(/^(?:npx )?(snowball [a-z].*)$/gm)];
  return [...spans, ...lines].map(([, line = '']) => line.split(/ {2,}#| # /)[0] ?? '');
}

/** What of a line the terminal would not take: an unknown command, or an option that it has not. */
function problemsOf(program: Command, line: string): string[] {
  const words = line.split(/[\s[\]]+/).slice(1);
  let command = program;
  for (const word of words) {
    const child = command.commands.find((one) => one.name() === word);
    if (child === undefined) break;
    command = child;
  }
  if (command === program) return [`no command "${words[0]}"`];
  const known = command.options.map(({ long }) => long);
  return words.filter((word) => word.startsWith('--') && !known.includes(word)).map((word) => `no option ${word}`);
}

async function everyCommand(): Promise<Command> {
  const { Command: Program } = await import('commander');
  const program = new Program('snowball');
  for (const load of Object.values(commands)) program.addCommand((await load())());
  return program;
}

function referencesOf(folder: string): string[] {
  const project: { readonly references?: readonly { readonly path: string }[] } = JSON.parse(
    readFileSync(join(root, 'src', folder, 'tsconfig.json'), 'utf8'),
  );
  const names = (project.references ?? []).map(({ path }) => path.split('/')[1] ?? '');
  return [...new Set(names)].toSorted();
}
