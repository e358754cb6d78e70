import type { KisCalls, KisAnswer } from './calls.ts';
import type { KisEndpoint } from '../endpoints/endpoint.ts';
import { WireRow, unreadable } from './wire-row.ts';

/** Which pair of keys an inquiry pages with: `CTX_AREA_FK100` and `NK100` at home, 200 abroad, none for calendars. */
export type PageKeys = '' | '100' | '200';

/**
 * Every page of an account inquiry, in order. More follows while `tr_cont` is F or M; D and E are the end. Anything
 * else, a page cap included, is an error: a list that may be short must never look whole.
 *
 * @throws {RetryLater} `kis.unreadable-answer` and those of a read
 */
export async function readPages(
  calls: KisCalls,
  endpoint: KisEndpoint,
  query: Readonly<Record<string, string>>,
  pagesMax: number,
  family: PageKeys = '100',
): Promise<readonly KisAnswer[]> {
  const pages: KisAnswer[] = [];
  let keys: Record<string, string> = { [`CTX_AREA_FK${family}`]: '', [`CTX_AREA_NK${family}`]: '' };
  while (pages.length < pagesMax) {
    const page = await calls.read(endpoint, { ...query, ...keys }, pages.length > 0);
    pages.push(page);
    if (page.continuation === 'D' || page.continuation === 'E') return pages;
    if (page.continuation !== 'F' && page.continuation !== 'M') {
      throw unreadable(page.trId, 'tr_cont', 'none of F, M, D, E');
    }
    keys = nextKeys(page, family);
  }
  throw unreadable(pages[0]?.trId ?? '', 'tr_cont', `still "more" after ${pagesMax} pages`);
}

/** The keys go back padded as they came. */
function nextKeys({ trId, body }: KisAnswer, family: PageKeys): Record<string, string> {
  const [condition, position] = [`ctx_area_fk${family}`, `ctx_area_nk${family}`];
  // Checks that both are there and are text; the reader trims, so the values come from the body itself.
  new WireRow(trId, body, [condition, position]).text(position);
  return { [condition.toUpperCase()]: String(body[condition]), [position.toUpperCase()]: String(body[position]) };
}
