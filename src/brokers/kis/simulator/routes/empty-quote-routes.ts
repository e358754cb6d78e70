import { quoteReply } from '../host/envelope.ts';
import type { Route } from '../host/route.ts';
import { emptyQuotes, type EmptyQuote } from './empty-quotes.ts';

/** Quotes of appendix C that this venue does not simulate: found, allowed and empty, so that no client stumbles. */
export const emptyQuoteRoutes: readonly Route[] = emptyQuotes.map(route);

function route({ path, trId, onPaper, blocks }: EmptyQuote): Route {
  const body = Object.fromEntries(
    blocks.map((block) => (block.endsWith('{}') ? [block.slice(0, -2), {}] : [block, []])),
  );
  return {
    method: 'GET',
    path: `/uapi/${path}`,
    real: [trId],
    paper: onPaper ? [trId] : [],
    handle: () => quoteReply(body),
  };
}
