import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

/** What axe is to look for: rules by their tags, or rules by their names; all of them when nothing is named. */
export type AxeWanted = { readonly tags: readonly string[] } | { readonly rules: readonly string[] };

const require = createRequire(fileURLToPath(import.meta.resolve('@axe-core/playwright')));
const source = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Violations on the page as it stands, each with the markup it was found in; none is the good answer.
 *
 * `AxeBuilder.analyze` hands its source over for every look and brings home all that passed, which takes twice as long; this
 * puts axe into the page once and brings home what did not pass. Our pages hold no frames.
 */
export async function axeViolations(page: Page, wanted: AxeWanted | null = null): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source);
  const options = { ...runOnlyOf(wanted), resultTypes: ['violations'] };
  return page.evaluate(async (options) => {
    interface Axe {
      run(
        context: Document,
        options: object,
      ): Promise<{
        readonly passes: readonly object[];
        readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
      }>;
    }
    const { axe } = globalThis as unknown as { readonly axe: Axe };
    const { violations, passes } = await axe.run(document, options);
    if (violations.length + passes.length === 0) return ['axe looked at nothing'];
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  }, options);
}

function runOnlyOf(wanted: AxeWanted | null): object {
  if (wanted === null) return {};
  const runOnly = 'tags' in wanted ? { type: 'tag', values: wanted.tags } : { type: 'rule', values: wanted.rules };
  return { runOnly };
}
