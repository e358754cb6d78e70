import { Command } from 'commander';
import type { ParamSpec } from '#indicators/params.ts';
import { say } from '#link/language.ts';
import type { Recipe } from '#strategy/recipes/recipe.ts';
import { recipes } from '#strategy/recipes/recipes.ts';
import { printJson } from '../terminal/json.ts';
import { wrappedText } from '../terminal/wrapped-text.ts';

/** `snowball strategy recipes`: what runs without code, how money is lost with it, and every setting with its range. */
export function strategyRecipesCommand(): Command {
  return new Command('recipes')
    .description(
      say('코드 없이 쓰는 전략들과 그 위험을 보여 줘요.', 'Strategies that run without code, and their risks.'),
    )
    .option('--json', say('JSON으로 출력', 'print JSON'))
    .action(({ json = false }: { readonly json?: boolean }) => {
      if (json) printJson(recipes.map(asData));
      else process.stdout.write(recipes.map(asText).join('\n'));
    });
}

function asData({ id, name, description, risks, params, texts, symbols }: Recipe): object {
  return { id, name, description, risks, params, texts, symbols };
}

function asText({ id, name, description, risks, params, texts, symbols }: Recipe): string {
  const settings = [
    ...Object.entries(params).map(([key, spec]) => `  --set ${key}=${spec.default}  (${rangeOf(spec)})`),
    ...Object.entries(texts).map(([key, spec]) => `  --set "${key}=${spec.default}"`),
  ];
  const run = `  snowball backtest recipe:${id} --symbols ${symbols.join(',')}`;
  const lines = [
    `recipe:${id} · ${say(name.ko, name.en)}`,
    wrappedText(say(description.ko, description.en)),
    wrappedText(`${say('위험', 'Risks')}: ${say(risks.ko, risks.en)}`),
    ...settings,
    run,
  ];
  return `${lines.join('\n')}\n`;
}

function rangeOf(spec: ParamSpec): string {
  if (spec.kind === 'choice') return spec.choices.join(', ');
  return `${spec.min} … ${spec.max}`;
}
