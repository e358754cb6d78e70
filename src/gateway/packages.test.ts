import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const sources = fileURLToPath(new URL('..', import.meta.url));
/** The process that holds secrets reaches at most these, and a sixth needs a written reason (threat-model §12). */
const allowed = ['undici', 'ws', 'zod', 'pino', 'yaml'];

test('the gateway reaches at most five runtime packages, all of them known', () => {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const waiting = [join(sources, 'gateway', 'main.ts')];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    for (const target of importsOf(file)) {
      if (target.startsWith('#')) waiting.push(join(sources, target.slice(1)));
      else if (target.startsWith('.')) waiting.push(join(dirname(file), target));
      else if (!isBuiltin(target)) packages.add(target.split('/')[0] ?? target);
    }
  }

  assert.ok(seen.size > 60, `only ${seen.size} files were found: the walk does not work`);
  assert.deepEqual(
    [...packages].filter((name) => !allowed.includes(name)),
    [],
  );
  assert.ok(packages.size <= 5);
});

/** Targets of imports that exist at run time; types are erased. */
function importsOf(file: string): readonly string[] {
  const code = readFileSync(file, 'utf8');
  const statement = /(?:^|\n)(?:import|export)\s+(?!type\b)(?:[^'";]*?\sfrom\s+)?'([^']+)'|import\('([^']+)'\)/g;
  return [...code.matchAll(statement)].flatMap((match) => match[1] ?? match[2] ?? []);
}
