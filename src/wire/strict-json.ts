export type StrictJson =
  { readonly kind: 'value'; readonly value: unknown } | { readonly kind: 'unreadable'; readonly cause: string };

/**
 * Reads JSON and refuses what two readers could understand differently: `JSON.parse` keeps the last of two equal keys,
 * others keep the first, and an answer that says both "accepted" and "refused" must not be believed.
 */
export function parseStrictJson(text: string): StrictJson {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'unreadable', cause: 'not-json' };
  }
  return hasDuplicateKey(text) ? { kind: 'unreadable', cause: 'duplicate-key' } : { kind: 'value', value };
}

const stringToken = /"(?:[^"\\]|\\.)*"/y;

/** @param text valid JSON */
function hasDuplicateKey(text: string): boolean {
  // One entry for each open bracket: the keys seen, or null inside an array.
  const open: (Set<string> | null)[] = [];
  let index = 0;
  while (index < text.length) {
    const character = text[index];
    if (character === '{') open.push(new Set());
    else if (character === '[') open.push(null);
    else if (character === '}' || character === ']') open.pop();
    if (character !== '"') {
      index += 1;
      continue;
    }
    const end = endOfString(text, index);
    if (isKey(text, end) && isRepeated(open.at(-1), text.slice(index, end))) return true;
    index = end;
  }
  return false;
}

function endOfString(text: string, start: number): number {
  stringToken.lastIndex = start;
  stringToken.test(text);
  return stringToken.lastIndex;
}

function isKey(text: string, afterString: number): boolean {
  let index = afterString;
  while (text[index] === ' ' || text[index] === '\n' || text[index] === '\r' || text[index] === '\t') index += 1;
  return text[index] === ':';
}

function isRepeated(seen: Set<string> | null | undefined, token: string): boolean {
  if (seen === null || seen === undefined) return false;
  const key = String(JSON.parse(token));
  if (seen.has(key)) return true;
  seen.add(key);
  return false;
}
