import { z } from 'zod';
import type { ConfigProblem } from '#strategy/config-problem.ts';
import { withParticle } from '#strategy/korean-particle.ts';
import { parseYamlMap, placed } from '#strategy/yaml-map.ts';

const name = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'wanted lower-case letters, digits and hyphens, at most 32');
const path = z.string().min(1).max(512);
// A YAML author may leave the quotes out; 091160 is then read as a number and its zero is lost.
const symbol = z
  .string('wanted a listing code in quotes, such as "005930"')
  .regex(/^[0-9][0-9A-Z]{5}$/, 'wanted a listing code such as "005930"');

/** A rules strategy: the familiar pair of files. */
const rulesStrategy = z.strictObject({
  name,
  kind: z.literal('rules'),
  config: path,
  targets: path,
  interval: z.literal('1m'),
});

/** A strategy file that runs in a sandboxed child, and the only instruments it may order. */
const codeStrategy = z.strictObject({
  name,
  kind: z.literal('code'),
  file: path,
  interval: z.enum(['1m', '1d']),
  symbols: z.array(symbol).min(1).max(20),
});

/** A recipe of ours with settings of the person's; it decides on day bars. */
const recipeStrategy = z.strictObject({
  name,
  kind: z.literal('recipe'),
  recipe: z.string().max(32),
  symbols: z.array(symbol).min(1).max(20),
  settings: z.record(z.string().max(64), z.union([z.number(), z.string().max(4_096)])).default({}),
});

/** A preset of ours with other numbers for its parameters, where the person wants some. */
const presetStrategy = z.strictObject({
  name,
  kind: z.literal('preset'),
  preset: z.string().max(32),
  interval: z.enum(['1m', '1d']).default('1d'),
  symbols: z.array(symbol).min(1).max(20),
  settings: z.record(z.string().max(64), z.number()).default({}),
});

/** Rules of a `.kis.yaml` file; its own instruments, or these. */
const kisYamlStrategy = z.strictObject({
  name,
  kind: z.literal('kis-yaml'),
  file: path,
  interval: z.enum(['1m', '1d']).default('1d'),
  symbols: z.array(symbol).min(1).max(20).optional(),
});

const strategy = z.discriminatedUnion('kind', [
  rulesStrategy,
  codeStrategy,
  recipeStrategy,
  presetStrategy,
  kisYamlStrategy,
]);

const schema = z.strictObject({
  strategies: z.array(strategy).max(10),
  /** The gateway's, which reads and checks it: nobody else may say what goes out. */
  permits: z.unknown().optional(),
  /** Read by the gateway. */
  webConvenience: z.unknown().optional(),
  /** The watchdog's, which sends them. */
  alerts: z.unknown().optional(),
  /** The gateway's too. */
  gradeCWaiverUntil: z.unknown().optional(),
});

export type SnowballConfig = z.infer<typeof schema>;
export type StrategyEntry = SnowballConfig['strategies'][number];

export type SnowballConfigFile =
  | { readonly kind: 'read'; readonly config: SnowballConfig }
  | { readonly kind: 'problems'; readonly problems: readonly ConfigProblem[] };

/** Reads the text of `config/snowball.yaml`. Names of strategies must differ: orders are told apart by them. */
export function readSnowballConfig(text: string): SnowballConfigFile {
  const parsed = parseYamlMap(text);
  if (parsed.kind === 'problems') return parsed;
  const checked = schema.safeParse(parsed.value);
  const found = checked.success ? sameNames(checked.data) : checked.error.issues.map(problemOf);
  if (checked.success && found.length === 0) return { kind: 'read', config: checked.data };
  const problems = found.map((problem) => placed(parsed.document, parsed.lines, problem));
  return { kind: 'problems', problems };
}

function problemOf(issue: z.core.$ZodIssue): ConfigProblem {
  const keys = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 3) : [];
  const where = [...issue.path, ...keys].join('.');
  return {
    line: null,
    column: null,
    path: where,
    ko: `"${where}" 설정을 쓸 수 없어요. (${issue.message})`,
    en: `"${where}" cannot be used: ${issue.message}`,
  };
}

function sameNames(config: SnowballConfig): readonly ConfigProblem[] {
  const seen = new Set<string>();
  const problems: ConfigProblem[] = [];
  for (const [index, strategy] of config.strategies.entries()) {
    if (seen.has(strategy.name)) {
      problems.push({
        line: null,
        column: null,
        path: `strategies.${index}.name`,
        ko: `전략 이름 ${withParticle(`"${strategy.name}"`, 'subject')} 두 번 나와요. 서로 다르게 지어 주세요.`,
        en: `The strategy name "${strategy.name}" stands here twice; names must differ.`,
      });
    }
    seen.add(strategy.name);
  }
  return problems;
}
