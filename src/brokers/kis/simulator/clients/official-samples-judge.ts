import type { RawAnswer } from '../fixtures/wire-client.ts';

/** What the vendor's samples are left with after an answer. */
export interface SampleAnswer {
  /** Values of the lower-case headers by name. */
  readonly header: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly isOk: boolean;
}

/** Words that Python does not take for a name; those that a wire name could be. */
const pythonKeywords = new Set(['class', 'def', 'from', 'global', 'import', 'in', 'is', 'not', 'or', 'pass', 'with']);

/**
 * Reads an answer as the samples do. Anything but HTTP 200 is an error to them, read no further. Else a named tuple is
 * built of all headers whose name has no capital, and one of the keys of the body: a name that is no identifier of
 * Python, begins with an underscore or stands twice raises. `msg_cd` and `msg1` are taken without asking.
 *
 * @throws where the samples would
 */
export function readAsSamples(answer: RawAnswer): SampleAnswer {
  if (answer.status !== 200) return { header: {}, body: {}, isOk: false };
  const header: Record<string, string> = {};
  for (const line of answer.headerLines) {
    const [name = ''] = line.split(':', 1);
    if (!/[a-z]/.test(name) || name !== name.toLowerCase()) continue;
    if (name in header) throw new Error(`Header ${name} stands twice`);
    mustBeFieldName(name);
    header[name] = line.slice(name.length + 1).trim();
  }
  const body = answer.body();
  for (const name of Object.keys(body)) mustBeFieldName(name);
  for (const name of ['msg_cd', 'msg1']) if (!(name in body)) throw new Error(`No ${name} in the body`);
  return { header, body, isOk: body['rt_cd'] === '0' };
}

function mustBeFieldName(name: string): void {
  if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name) || pythonKeywords.has(name)) {
    throw new Error(`${name} cannot be a field of a named tuple`);
  }
}

/** What a websocket control frame means to the samples. */
export interface SampleControl {
  readonly trId: string;
  readonly isPing: boolean;
  readonly isOk: boolean;
  readonly isEncrypted: boolean;
  readonly key: { readonly key: string; readonly iv: string } | null;
}

/** `tr_key` and `encrypt` are indexed on every control frame but PINGPONG, `iv` and `key` wherever there is `output`. */
export function readControlAsSamples(frame: string): SampleControl {
  const { header, body } = JSON.parse(frame) as Record<string, Record<string, unknown> | undefined>;
  const trId = taken(header, 'tr_id');
  if (trId === 'PINGPONG') return { trId, isPing: true, isOk: false, isEncrypted: false, key: null };
  taken(header, 'tr_key');
  const isEncrypted = taken(header, 'encrypt') === 'Y';
  taken(body, 'msg1');
  const output = body?.['output'] as Record<string, unknown> | undefined;
  const key = output === undefined ? null : { key: taken(output, 'key'), iv: taken(output, 'iv') };
  return { trId, isPing: false, isOk: taken(body, 'rt_cd') === '0', isEncrypted, key };
}

function taken(object: Record<string, unknown> | undefined, name: string): string {
  const value = object?.[name];
  if (typeof value !== 'string') throw new Error(`No ${name}`);
  return value;
}

/**
 * Columns of one record as a table library reads a line with names given: more fields than names turn the first ones
 * into the row's index, so that every column holds its neighbour; fewer leave the last ones without a value. A frame of
 * several records has many more.
 *
 * @throws when columns would not hold what their names say
 */
export function readColumns(fields: readonly string[], names: readonly string[]): Readonly<Record<string, string>> {
  if (fields.length !== names.length) throw new Error(`${fields.length} fields for ${names.length} columns`);
  return Object.fromEntries(names.map((name, index) => [name, fields[index] ?? '']));
}
