import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { FixConfiguration } from '#domain/errors.ts';
import { say } from '#link/language.ts';

const typescript = join(import.meta.dirname, '..', '..', '..', 'node_modules', 'typescript', 'bin', 'tsc');

/**
 * `snowball strategy test <folder>`: the type check and the tests of a strategy of one's own. Its tests run as the person
 * does, outside the sandbox: they are for files that one wrote oneself.
 */
export function strategyTestCommand(): Command {
  return new Command('test')
    .description(
      say('내 전략의 타입과 테스트를 확인해요.', 'Check the types of a strategy of your own and run its tests.'),
    )
    .argument('<folder>', say('strategy new로 만든 폴더', 'a folder made by strategy new'))
    .action((folder: string) => {
      process.exitCode = testStrategy(resolve(folder));
    });
}

function testStrategy(folder: string): number {
  const tests = globSync('*.test.ts', { cwd: folder }).map((file) => join(folder, file));
  if (tests.length === 0) {
    throw new FixConfiguration(
      'cli.strategy-folder',
      say(
        `"${folder}"에 테스트 파일이 없어요. "snowball strategy new 이름"으로 만든 폴더를 적어 주세요.`,
        `Cannot test "${folder}": it holds no *.test.ts, wanted a folder made by "snowball strategy new".`,
      ),
    );
  }
  const project = join(folder, 'tsconfig.json');
  const types = existsSync(typescript) && existsSync(project) ? run([typescript, '-p', project]) : 0;
  if (types !== 0) return types;
  return run(['--disable-warning=ExperimentalWarning', '--test', ...tests]);
}

function run(args: readonly string[]): number {
  return spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
}
