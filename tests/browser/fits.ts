import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

/** Fails when the page scrolls sideways at its present width, or when a picture of it has no words that stand for it. */
export async function assertFits(page: Page, name: string): Promise<void> {
  const { wide, outside, wordless } = await page.evaluate(() => {
    const isSeen = (node: Element): boolean => node.getClientRects().length > 0;
    const markup = (node: Element): string => node.outerHTML.slice(0, 80);
    // What lies in a box of its own that scrolls, or is kept for screen readers alone, widens nothing.
    const ownBox = '.scroll-x,[tabindex="0"][role="group"],.vh';
    return {
      wide: document.documentElement.scrollWidth - window.innerWidth,
      outside: [...document.querySelectorAll('body *')]
        .filter((node) => isSeen(node) && node.closest(ownBox) === null)
        .filter((node) => node.getBoundingClientRect().right > window.innerWidth + 1)
        .map(markup),
      wordless: [...document.querySelectorAll('svg.chart, svg[role="img"]')]
        .filter((svg) => isSeen(svg) && (svg.getAttribute('aria-label') ?? '').length < 8)
        .map(markup),
    };
  });
  assert.ok(wide <= 0, `${name} is ${wide} px too wide: ${outside.slice(0, 3).join(' | ')}`);
  assert.deepEqual(wordless, [], `${name}: every chart is named by a sentence`);
}
