import { readFile } from 'node:fs/promises';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { FixConfiguration } from '#domain/errors.ts';

/** Nobody writes more by hand; it bounds the work that a hostile file can ask for. */
const textLengthMax = 65_536;
const channelsMax = 10;

const host = z
  .string()
  .max(255)
  .regex(/^[a-z0-9.-]+(?::\d{1,5})?$/, 'wanted a host such as api.telegram.org; the address itself goes into the file');

const channel = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,31}$/, 'wanted lower-case letters, digits and hyphens, at most 32')
    .refine((name) => name !== 'file', 'the channel "file" is always there'),
  kind: z.enum(['json', 'telegram', 'discord', 'slack', 'ntfy']),
  host,
  from: z.enum(['notice', 'warning', 'critical']).default('notice'),
});

/** The keys of other processes are theirs to check. */
const schema = z.object({
  alerts: z
    .strictObject({
      language: z.enum(['ko', 'en']).optional(),
      channels: z.array(channel).max(channelsMax).default([]),
    })
    .optional(),
});

export interface AlertConfig {
  /** The terminal's when not said. */
  readonly language: 'ko' | 'en' | null;
  readonly channels: readonly z.infer<typeof channel>[];
}

/**
 * `alerts` of `snowball.yaml`: which ways there are besides the file. Addresses and tokens are no part of it.
 *
 * @param file null, or one that is not there: no ways besides the file
 * @throws FixConfiguration `watch.alert-config` with file and line
 */
export async function readAlertConfig(file: string | null): Promise<AlertConfig> {
  if (file === null) return noConfig;
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return noConfig;
  const { language = null, channels } = checked(file, text).alerts ?? noConfig;
  const names = channels.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw unusable(file, lineOf(text), `the name "${twice}" stands twice`);
  return { language, channels };
}

const noConfig: AlertConfig = { language: null, channels: [] };

function checked(file: string, text: string): z.infer<typeof schema> {
  if (text.length > textLengthMax) throw unusable(file, 1, `${text.length} characters, at most ${textLengthMax}`);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, strict: true, uniqueKeys: true, prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) throw unusable(file, lines.linePos(error.pos[0]).line, 'it is not YAML');
  const read = schema.safeParse(document.toJS({ maxAliasCount: 0 }) ?? {});
  if (!read.success) {
    const [issue] = read.error.issues;
    const path = [...(issue?.path ?? []), ...(issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])];
    throw unusable(file, lineOf(text), `"${path.join('.')}": ${issue?.message ?? 'wrong'}`);
  }
  return read.data;
}

/** Where `alerts:` begins. */
function lineOf(text: string): number {
  return Math.max(1, text.split('\n').findIndex((line) => line.startsWith('alerts:')) + 1);
}

function unusable(file: string, line: number, found: string): FixConfiguration {
  const wanted = 'wanted channels with name, kind, host and from';
  return new FixConfiguration(
    'watch.alert-config',
    `Cannot read the alerts in "${file}", from line ${line}: ${found}, ${wanted}`,
  );
}
