import { Scalar, stringify } from 'yaml';
import { indicatorById } from '#indicators/catalogue.ts';
import { withParticle } from '../../korean-particle.ts';
import { finding, type RuleFinding } from '../finding.ts';
import type {
  PreservedKey,
  RuleGroup,
  RuleIndicator,
  RuleNumber,
  RuleParam,
  RuleProgram,
  RuleRisk,
} from '../program.ts';
import { defaultOf, flatCondition, neverCondition } from './flat-condition.ts';
import { usualSizing } from './read-risk.ts';
import { numberText, ruleTree } from './rule-tree.ts';

/** `snowball` is the backtester's dialect with `x_snowball` for whatever that one has no words for. */
export type WrittenDialect = 'b' | 's' | 'snowball';

export type WrittenKisYaml =
  /** `notes` say what the other program will understand differently, or lose. */
  | { readonly kind: 'text'; readonly text: string; readonly notes: readonly RuleFinding[] }
  /** What the dialect cannot say, each with its place in the program; never empty. */
  | { readonly kind: 'refused'; readonly reasons: readonly RuleFinding[] };

type Node = Map<string, unknown>;

/** The text of a `.kis.yaml` file; reading it again gives the same program, as far as the dialect has words for it. */
export function writeKisYaml(program: RuleProgram, dialect: WrittenDialect): WrittenKisYaml {
  const draft = new Draft(program, dialect);
  const document = draft.document();
  if (draft.reasons.length > 0) return { kind: 'refused', reasons: draft.reasons };
  // Long lines stay whole: a folded name would read as another.
  const text = stringify(document, {
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'PLAIN',
    lineWidth: 0,
    aliasDuplicateObjects: false,
  });
  return { kind: 'text', text, notes: draft.notes };
}

class Draft {
  readonly reasons: RuleFinding[] = [];
  readonly notes: RuleFinding[] = [];
  readonly #program: RuleProgram;
  readonly #dialect: WrittenDialect;
  readonly #added = new Map<string, RuleIndicator>();

  constructor(program: RuleProgram, dialect: WrittenDialect) {
    this.#program = program;
    this.#dialect = dialect;
  }

  document(): Node {
    const { metadata, risk } = this.#program;
    const { id, name, description, author, category, tags } = metadata;
    const [entry, exit] = [this.#side('entry'), this.#side('exit')];
    const strategy: Node = new Map<string, unknown>([
      ['id', id],
      ['category', category],
    ]);
    const params = Object.entries(this.#program.params);
    if (this.#dialect !== 's' && params.length > 0) {
      strategy.set('params', new Map(params.map(([key, param]) => [plainKey(key), paramNode(param)])));
    }
    strategy.set(
      'indicators',
      [...this.#program.indicators, ...this.#added.values()].map((one) => this.#indicator(one)),
    );
    strategy.set(
      'candlesticks',
      this.#program.candlesticks.map(({ id: pattern, alias, label }) => named(pattern, alias, label)),
    );
    strategy.set('entry', entry).set('exit', exit);
    const document: Node = new Map<string, unknown>([
      ['version', '1.0'],
      [
        'metadata',
        new Map<string, unknown>([
          ['name', name],
          ['description', description],
          ['author', author],
          ['tags', tags],
        ]),
      ],
      ['strategy', strategy],
      ['risk', riskNode(risk)],
    ]);
    const extension = this.#extension();
    if (extension.size > 0) document.set('x_snowball', extension);
    this.#restore(document);
    return document;
  }

  /** The flat rules; where our own dialect has to say more, "never", so that nobody trades half of a strategy. */
  #side(side: 'entry' | 'exit'): Node {
    const group = this.#program[side];
    const logic = group.kind === 'all' ? 'AND' : 'OR';
    const isFlat = this.#dialect !== 'snowball' || this.#isFlat(group);
    const conditions = isFlat ? group.rules.flatMap((rule, place) => this.#condition(rule, `${side}.${place}`)) : [];
    const isEmpty = conditions.length === 0;
    if (isEmpty && group.rules.length === 0) {
      this.#note(
        'empty',
        side,
        '조건이 없다는 뜻으로 "종가가 0보다 작으면"을 적었어요. B는 빈 묶음을 "언제나"로 읽어요.',
        'No rules are written as "close below 0", because B reads an empty group as "always".',
      );
    }
    return new Map<string, unknown>([
      ['logic', logic],
      ['conditions', isEmpty ? [neverCondition] : conditions],
    ]);
  }

  #isFlat(group: RuleGroup): boolean {
    return group.rules.every((rule) => {
      const isTurned = rule.kind === 'compare' && rule.left.kind === 'number';
      return !isTurned && flatCondition(rule, this.#program, 'b').kind === 'condition';
    });
  }

  #condition(rule: RuleGroup['rules'][number], path: string): readonly ReadonlyMap<string, unknown>[] {
    const flat = flatCondition(rule, this.#program, this.#dialect === 's' ? 's' : 'b');
    if (flat.kind === 'inexpressible') {
      const { ko, en } = flat.reason;
      this.reasons.push(
        finding('error', 'export', path, {
          ko: `${this.#dialect.toUpperCase()} 방식에는 ${withParticle(ko, 'object')} 적을 방법이 없어요. --dialect snowball로는 저장할 수 있어요.`,
          en: `The dialect ${this.#dialect.toUpperCase()} has no words for ${en}; --dialect snowball can hold it.`,
        }),
      );
      return [];
    }
    if (flat.needs !== undefined) this.#added.set(flat.needs.alias, flat.needs);
    if (rule.kind === 'compare' && rule.operator.startsWith('cross')) this.#noteCross(rule.left, path);
    return [flat.fields];
  }

  #noteCross(left: { readonly kind: string; readonly word?: string }, path: string): void {
    if (this.#dialect === 's') {
      this.#note(
        'dialect',
        path,
        'S는 전날 값이 같았다가 넘으면 교차로 보지 않아요.',
        'S does not see a cross where the two were equal on the day before.',
      );
    } else if (left.kind === 'price' && left.word !== 'close') {
      this.#note(
        'L12',
        path,
        `B는 ${left.word}의 전날 값을 기억하지 않아서 교차를 "크다·작다"로 봐요.`,
        `B keeps no earlier value of ${left.word}, so the cross is true on every bar on which it lies beyond.`,
      );
    }
  }

  #indicator({ alias, label, id, params, output }: RuleIndicator): Node {
    const node = named(id, alias, label);
    const values = Object.entries(params).map(([key, value]) => [key, this.#value(value)] as const);
    node.set('params', new Map(values));
    if ((indicatorById(id)?.outputs.length ?? 1) > 1) node.set('output', output);
    return node;
  }

  #value(value: RuleNumber | string): number | string {
    if (typeof value !== 'object') return value;
    const isPlain = value.times === undefined && value.plus === undefined;
    return this.#dialect === 's' || !isPlain ? defaultOf(value, this.#program.params) : `$${value.param}`;
  }

  #extension(): Node {
    const { sizing, universe, entry, exit } = this.#program;
    const node: Node = new Map();
    if (universe !== undefined) node.set('universe', universe);
    const { equityBps, positionsMax } = sizing;
    if (equityBps !== usualSizing.equityBps || positionsMax !== usualSizing.positionsMax) {
      node.set(
        'sizing',
        new Map([
          ['equity_percent', equityBps / 100],
          ['positions_max', positionsMax],
        ]),
      );
    }
    if (this.#dialect !== 'snowball') return node;
    const averages = this.#program.indicators.flatMap(({ alias, average }) =>
      average === undefined ? [] : [[alias, numberText(average)] as const],
    );
    if (averages.length > 0) node.set('averages', new Map(averages));
    if (!this.#isFlat(entry)) node.set('entry', ruleTree(entry));
    if (!this.#isFlat(exit)) node.set('exit', ruleTree(exit));
    if (node.has('entry') || node.has('exit')) node.set('exportable', false);
    return node;
  }

  /** Keys that we do not know go back where they stood; the strategy builder would drop them, so they are not written for it. */
  #restore(document: Node): void {
    const { preserved } = this.#program;
    if (preserved === undefined) return;
    const lost = this.#dialect === 's' ? preserved : preserved.filter((one) => !putBack(document, one));
    if (lost.length === 0) return;
    const keys = lost
      .map(({ path }) => path.join('.'))
      .slice(0, 8)
      .join(', ');
    this.#note(
      'preserved',
      '',
      `모르는 항목은 옮기지 않았어요: ${keys}`,
      `Keys that we do not know were left out: ${keys}`,
    );
  }

  #note(code: string, path: string, ko: string, en: string): void {
    this.notes.push(finding('info', code, path, { ko, en }));
  }
}

/** Words that YAML 1.1, which the other programs read, takes for truth values; they need quotes to stay names. */
function plainKey(key: string): unknown {
  if (!/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(key)) return key;
  const quoted = new Scalar(key);
  quoted.type = 'QUOTE_DOUBLE';
  return quoted;
}

function named(id: string, alias: string, label: string): Node {
  const node: Node = new Map([
    ['id', id],
    ['alias', alias],
  ]);
  if (label !== alias) node.set('name', label);
  return node;
}

function paramNode({ default: standard, min, max, step, type, description }: RuleParam): Node {
  const node: Node = new Map<string, unknown>([['default', standard]]);
  for (const [key, value] of Object.entries({ min, max, step })) if (value !== null) node.set(key, value);
  node.set('type', type);
  if (description !== '') node.set('description', description);
  return node;
}

function riskNode({ stopLossBps, takeProfitBps, trailingStopBps }: RuleRisk): Node {
  const parts = { stop_loss: stopLossBps, take_profit: takeProfitBps, trailing_stop: trailingStopBps };
  const given = Object.entries(parts).flatMap(([key, bps]) => {
    if (bps === null) return [];
    return [
      [
        key,
        new Map<string, unknown>([
          ['enabled', true],
          ['percent', bps / 100],
        ]),
      ] as const,
    ];
  });
  return new Map(given);
}

/** False where the place is gone. */
function putBack(document: Node, { path, value }: PreservedKey): boolean {
  let parent: unknown = document;
  for (const step of path.slice(0, -1)) parent = childOf(parent, step);
  const key = path.at(-1);
  if (!(parent instanceof Map) || key === undefined || parent.has(key)) return false;
  parent.set(key, value);
  return true;
}

function childOf(parent: unknown, step: string): unknown {
  if (parent instanceof Map) return parent.get(step);
  if (!Array.isArray(parent)) return undefined;
  const place = /^\d+$/.test(step) ? Number(step) : NaN;
  return parent.find((one, index) => index === place || (one instanceof Map && one.get('alias') === step));
}
