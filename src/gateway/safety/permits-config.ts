import { readFileSync } from 'node:fs';
import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import { z } from 'zod';
import { FixConfiguration } from '#domain/errors.ts';
import { plainPermits, type Permits } from '#guard/permits.ts';
import { say } from '#link/language.ts';

/** Nobody writes more by hand; it bounds the work that a hostile file can ask for. */
const textLengthMax = 65_536;

const types = z.enum(['limit', 'market', 'conditional-limit', 'best', 'priority', 'mid', 'stop-limit']);
const sessions = z.enum(['regular', 'pre-hours-close', 'after-hours-close', 'after-market', 'pre-market']);
const venues = z.enum(['KRX', 'NXT', 'SOR']);
/** The keys of other processes are theirs to check. */
const schema = z.object({
  permits: z
    .strictObject({
      types: z.array(types).min(1).optional(),
      sessions: z.array(sessions).min(1).optional(),
      venues: z.array(venues).min(1).optional(),
    })
    .optional(),
});

/**
 * The kinds of order that `permits` in `snowball.yaml` lets out. What it does not name, and a file that is not there, stay
 * as every installation starts: limit orders on KRX in the regular session.
 *
 * @throws {FixConfiguration} `gateway.config` with file and line
 */
export function readPermits(file: string): Permits {
  const text = textOf(file);
  if (text === null) return plainPermits;
  if (text.length > textLengthMax) throw unusable(file, 1, `${text.length} > ${textLengthMax}`);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, strict: true, uniqueKeys: true, prettyErrors: false });
  // The runner does not start from such a file and says why in its own words; until then nothing more is let out.
  if (document.errors.length > 0) return plainPermits;
  const read = schema.safeParse(document.toJS({ maxAliasCount: 0 }) ?? {});
  if (!read.success) {
    const [issue] = read.error.issues;
    const path = [...(issue?.path ?? []), ...(issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])];
    throw unusable(file, lineOf(document, lines, path), `"${path.join('.')}": ${issue?.message ?? 'wrong'}`);
  }
  return permitsOf(read.data.permits ?? {});
}

function permitsOf(chosen: NonNullable<z.infer<typeof schema>['permits']>): Permits {
  return {
    types: new Set(chosen.types ?? plainPermits.types),
    sessions: new Set(chosen.sessions ?? plainPermits.sessions),
    venues: new Set(chosen.venues ?? plainPermits.venues),
  };
}

/** Null when there is no file: the runner says so, in its own words. */
function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw unusable(file, 1, String(cause), cause);
  }
}

/** The line of `path`, or of the nearest parent that the file holds. */
function lineOf(document: Document.Parsed, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const offset = offsetOf(document, path.slice(0, depth));
    if (offset !== null) return lines.linePos(offset).line;
  }
  return 1;
}

function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number | null {
  const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const last = path.at(-1);
  const node: unknown = isMap(parent)
    ? parent.items.find((pair) => isScalar(pair.key) && pair.key.value === last)?.key
    : document.getIn(path, true);
  return isNode(node) && node.range ? node.range[0] : null;
}

function unusable(file: string, line: number, found: string, cause?: unknown): FixConfiguration {
  const sentence = say(
    `"${file}" ${line}번째 줄의 permits를 읽을 수 없어요. types, sessions, venues에 주문 종류를 적어 주세요. (${found})`,
    `Cannot read the permits in "${file}", line ${line}: ${found}, wanted types, sessions and venues of orders`,
  );
  return new FixConfiguration('gateway.config', sentence, { cause });
}
