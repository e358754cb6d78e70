import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Command, Option } from 'commander';
import { FixConfiguration } from '#domain/errors.ts';
import { say } from '#link/language.ts';
import {
  strategyTemplates,
  templateProject,
  templateReadme,
  templateTest,
  type TemplateName,
} from '../strategy/strategy-templates.ts';
import { writeResultFile } from '../terminal/write-file.ts';

const checkout = join(import.meta.dirname, '..', '..', '..');

/** `snowball strategy new <name>`: a folder with a strategy that runs, a test, and a page that says how to go on. */
export function strategyNewCommand(): Command {
  const templates = Object.keys(strategyTemplates);
  const template = new Option('--template <name>', say('무엇에서 시작할지', 'what to begin with')).choices(templates);
  return new Command('new')
    .description(say('바로 도는 전략 폴더를 만들어요.', 'Make a folder with a strategy that runs.'))
    .argument('<name>', say('영문 소문자, 숫자, 하이픈', 'lower-case letters, digits and hyphens'))
    .addOption(template.default('plain'))
    .action((name: string, options: { readonly template: TemplateName }) => makeStrategy(name, options.template));
}

function makeStrategy(name: string, template: TemplateName): void {
  if (!/^[a-z][a-z0-9-]{0,31}$/.test(name)) {
    throw unusable(
      name.slice(0, 40),
      say('영문 소문자로 시작하는 32자 이하의 이름', 'a name of lower-case letters, digits and hyphens, at most 32'),
    );
  }
  const folder = join(checkout, 'strategies', name);
  if (existsSync(folder)) throw unusable(folder, say('아직 없는 이름', 'a name that is not taken'));
  const { example, maker } = strategyTemplates[template];
  const source = readFileSync(join(checkout, 'examples', example, 'strategy.ts'), 'utf8');
  const shown = `strategies/${name}`;
  mkdirSync(folder, { recursive: true });
  const write = (file: string, text: string): void => writeResultFile(join(folder, file), text);
  write('strategy.ts', source.replace(`name: '${example}'`, `name: '${name}'`));
  write('strategy.test.ts', templateTest(name, maker));
  write('README.md', templateReadme(name, shown, symbolsIn(source)));
  write('tsconfig.json', templateProject('../../tsconfig.base.json'));
  const from = relative(process.cwd(), folder);
  process.stdout.write(
    say(
      `만들었어요: ${from}\n다음: npx snowball strategy test ${from}\n      npx snowball backtest ${from}\n`,
      `Made: ${from}\nNext: npx snowball strategy test ${from}\n      npx snowball backtest ${from}\n`,
    ),
  );
}

/** Listing codes in the order in which the file names them. */
function symbolsIn(source: string): readonly string[] {
  return [...new Set([...source.matchAll(/'(\d{6})'/g)].flatMap(([, symbol]) => symbol ?? []))];
}

function unusable(found: string, wanted: string): FixConfiguration {
  return new FixConfiguration(
    'cli.strategy-folder',
    say(
      `"${found}"에는 만들 수 없어요. ${wanted}을 적어 주세요.`,
      `Cannot make a strategy at "${found}": wanted ${wanted}.`,
    ),
  );
}
