/**
 * Attempts to get out of a strategy's sandbox, as the bodies of async functions that resolve with what they got hold of.
 * Each must throw, or resolve with `undefined`. They see `process`, `globalThis`, `folder` (the strategy's own), `parent` (the id of the runner) and the
 * whole of Node's modules.
 */
export const probes: Readonly<Record<string, string>> = {
  'reads a file of the system': `return (await import('node:fs')).readFileSync('/etc/passwd', 'utf8').length`,
  'reads a file of the system by promise': `return (await (await import('node:fs/promises')).readFile('/etc/hostname', 'utf8')).length`,
  'lists the root folder': `return (await import('node:fs')).readdirSync('/').length`,
  'lists the folder above its own': `return (await import('node:fs')).readdirSync(folder + '/../..').length`,
  'asks about a file outside': `return (await import('node:fs')).statSync('/etc/passwd').size`,
  'follows a path out of its folder': `return (await import('node:fs')).readFileSync(folder + '/../../../etc/passwd', 'utf8').length`,
  'writes into its own folder': `(await import('node:fs')).writeFileSync(folder + '/new.txt', 'x'); return 'written'`,
  'changes its own host': `(await import('node:fs')).appendFileSync(folder + '/src/runner/sandbox/child-main.ts', '//'); return 'written'`,
  'writes into the temporary folder': `(await import('node:fs')).writeFileSync('/tmp/snowball-probe', 'x'); return 'written'`,
  'makes a symbolic link': `(await import('node:fs')).symlinkSync('/etc/passwd', folder + '/link'); return 'linked'`,
  'makes a hard link': `(await import('node:fs')).linkSync(folder + '/strategy.ts', folder + '/hard'); return 'linked'`,
  'removes its own folder': `(await import('node:fs')).rmSync(folder, { recursive: true }); return 'removed'`,
  'changes a mode': `(await import('node:fs')).chmodSync(folder + '/strategy.ts', 0o777); return 'changed'`,
  'watches a folder outside': `(await import('node:fs')).watch('/etc').close(); return 'watched'`,
  'reads its environment through /proc': `return (await import('node:fs')).readFileSync('/proc/self/environ', 'utf8').length`,
  'reads the environment of its parent': `return (await import('node:fs')).readFileSync('/proc/' + process.ppid + '/environ', 'utf8').length`,
  'opens the memory of its parent': `return (await import('node:fs')).openSync('/proc/' + process.ppid + '/mem', 'r')`,
  'opens a descriptor of its parent': `return (await import('node:fs')).readlinkSync('/proc/' + process.ppid + '/fd/0')`,
  'finds a key in its environment': `return Object.keys(process.env).length === 0 ? undefined : Object.keys(process.env).join()`,
  'connects to a port': `return await connected((await import('node:net')).connect(port, '127.0.0.1'))`,
  'connects to a Unix socket': `return await connected((await import('node:net')).connect('/tmp/snowball.sock'))`,
  'listens on a port': `const server = (await import('node:net')).createServer(); return await new Promise((resolve, reject) => { server.once('error', reject); server.listen(0, () => { server.close(); resolve('listening'); }); })`,
  'sends a datagram': `const socket = (await import('node:dgram')).createSocket('udp4'); return await new Promise((resolve, reject) => { socket.once('error', reject); socket.send('x', 9, '127.0.0.1', (error) => { socket.close(); if (error) reject(error); else resolve('sent'); }); })`,
  'asks a name server': `return (await (await import('node:dns/promises')).resolve4('localhost')).length`,
  'looks a name up': `return (await (await import('node:dns/promises')).lookup('localhost')).address`,
  fetches: `return (await fetch('http://127.0.0.1:' + port)).status`,
  'asks by http': `return await connected((await import('node:http')).get({ port, host: '127.0.0.1' }))`,
  'opens a WebSocket': `return typeof WebSocket === 'undefined' ? undefined : new WebSocket('ws://127.0.0.1:' + port).url`,
  'starts a process': `return (await import('node:child_process')).spawnSync('id').pid`,
  'starts a process and waits': `return String((await import('node:child_process')).execFileSync('/bin/true'))`,
  forks: `return (await import('node:child_process')).fork(folder + '/strategy.ts').pid`,
  'starts a worker': `return new (await import('node:worker_threads')).Worker(folder + '/strategy.ts').threadId`,
  'opens a database': `return new (await import('node:sqlite')).DatabaseSync('/tmp/snowball-probe.db') && 'opened'`,
  'loads a native library': `process.dlopen({ exports: {} }, '/lib/x86_64-linux-gnu/libc.so.6'); return 'loaded'`,
  'calls a foreign function': `return Object.keys(await import('node:ffi')).join()`,
  'evaluates a string': `return (0, eval)('1 + 1')`,
  'makes a function of a string': `return new Function('return 1')()`,
  'makes an async function of a string': `return await (async () => {}).constructor('return 1')()`,
  'reaches internal bindings': `return Object.keys(process.binding('fs')).length`,
  'opens the inspector': `return (await import('node:inspector')).open(0, '127.0.0.1')?.url ?? 'opened'`,
  'connects an inspector session': `const { Session } = await import('node:inspector'); const session = new Session(); session.connect(); return 'connected'`,
  'runs WASI': `return Object.keys(new (await import('node:wasi')).WASI({ version: 'preview1', preopens: { '/': '/' } })).join()`,
  'takes a permission back that it has not': `return process.permission.has('fs.write') || process.permission.has('child') || process.permission.has('net') || process.permission.has('worker') ? 'granted' : undefined`,
  'asks whether its parent lives': `process.kill(process.ppid, 0); return 'signalled'`,
  'sends a signal by the inner door': `return process._kill(process.ppid, 0) === 0 ? 'signalled' : undefined`,
  'opens the inspector of its parent': `process._debugProcess(process.ppid); return 'signalled'`,
  'sends a signal through a module of its own': `(await import('node:process')).default.kill(process.ppid, 0); return 'signalled'`,
  'writes a heap snapshot': `return (await import('node:v8')).writeHeapSnapshot('/tmp/snowball-probe.heapsnapshot')`,
  'writes a report': `return process.report.writeReport('/tmp/snowball-probe.json')`,
  'reads through the root of its own process': `return (await import('node:fs')).readFileSync('/proc/self/root/etc/hostname', 'utf8').length`,
  'reads through the folder of its own process': `return (await import('node:fs')).readFileSync('/proc/self/cwd/../../../etc/hostname', 'utf8').length`,
  'reads its own memory map': `return (await import('node:fs')).readFileSync('/proc/self/maps', 'utf8').length`,
  'reads the command lines of other processes': `const fs = await import('node:fs'); return fs.readdirSync('/proc').filter((name) => /^\\d+$/.test(name)).map((pid) => fs.readFileSync('/proc/' + pid + '/cmdline', 'utf8')).join()`,
  'reads a descriptor by its name': `return (await import('node:fs')).readFileSync('/proc/self/fd/0').length`,
  'reads descriptors that it inherited': `const fs = await import('node:fs'); for (let fd = 3; fd < 64; fd += 1) { try { const stat = fs.fstatSync(fd); if (stat.isFile() || stat.isSocket() || stat.isDirectory()) return 'descriptor ' + fd; } catch {} } return undefined`,
  'writes to descriptors that it inherited': `const fs = await import('node:fs'); for (let fd = 3; fd < 64; fd += 1) { try { if (fs.fstatSync(fd).isSocket()) { fs.writeSync(fd, 'x'); return 'descriptor ' + fd; } } catch {} } return undefined`,
  'reads a file by URL': `return (await import('node:fs')).readFileSync(new URL('file:///etc/hostname'), 'utf8').length`,
  'reads a file as a blob': `return (await (await (await import('node:fs')).openAsBlob('/etc/hostname')).text()).length`,
  'reads a file as a module': `return (await import('node:module')).createRequire('/etc/')('/etc/hostname')`,
  'reads a file as its environment': `process.loadEnvFile('/etc/environment'); return 'loaded'`,
  'learns that a file outside is there': `return (await import('node:fs')).existsSync('/etc/passwd') || undefined`,
  'finds files by a pattern': `return (await import('node:fs')).globSync('/etc/host*').length || undefined`,
  'walks a folder outside': `return (await import('node:fs')).opendirSync('/etc').path`,
  'copies a file into its folder': `(await import('node:fs')).cpSync('/etc/hostname', folder + '/copy'); return 'copied'`,
  'renames its own file': `(await import('node:fs')).renameSync(folder + '/strategy.ts', folder + '/other.ts'); return 'renamed'`,
  'empties its own file': `(await import('node:fs')).truncateSync(folder + '/strategy.ts'); return 'emptied'`,
  'makes a temporary folder': `return (await import('node:fs')).mkdtempSync('/tmp/snowball-probe-')`,
  'writes a trace of itself': `(await import('node:trace_events')).createTracing({ categories: ['v8'] }).enable(); await new Promise((resolve) => setTimeout(resolve, 50)); return (await import('node:fs')).readdirSync(folder).find((name) => name.startsWith('node_trace'))`,
  'connects to an abstract socket': `return await connected((await import('node:net')).connect('\\0snowball'))`,
  'connects by TLS': `return await connected((await import('node:tls')).connect({ port, host: '127.0.0.1', rejectUnauthorized: false }))`,
  'connects by HTTP/2': `const session = (await import('node:http2')).connect('http://127.0.0.1:' + port); return await new Promise((resolve, reject) => { session.once('error', reject); session.once('connect', () => resolve('connected')); })`,
  'asks a name server of its own choice': `const { Resolver } = await import('node:dns/promises'); const resolver = new Resolver({ timeout: 200, tries: 1 }); resolver.setServers(['127.0.0.1:' + port]); return (await resolver.resolve4('example.org')).length`,
  'forks a cluster': `return (await import('node:cluster')).default.fork().process.pid`,
  'starts a worker of a text': `return new (await import('node:worker_threads')).Worker('1', { eval: true }).threadId`,
  'signals the group of its parent': `process.kill(-parent, 0); return 'signalled'`,
  'changes the priority of its parent': `const os = await import('node:os'); os.setPriority(parent, os.getPriority(parent)); return 'changed'`,
  'turns the evaluation of strings on again': `(await import('node:v8')).setFlagsFromString('--no-disallow-code-generation-from-strings'); return (0, eval)('1 + 1')`,
  'calls an inner function of the engine': `(await import('node:v8')).setFlagsFromString('--allow-natives-syntax'); return (0, eval)('%HaveSameMap({}, {})')`,
  'compiles WebAssembly': `return new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])) && 'compiled'`,
  'runs a string in a context of its own': `return (await import('node:vm')).runInNewContext('1 + 1')`,
  'reads the name of its user': `return (await import('node:os')).userInfo().username`,
  'changes its working folder to the root and reads': `process.chdir('/'); return (await import('node:fs')).readdirSync('.').length`,
};

/** A strategy file that runs every probe when it is shown a bar and logs one line for each on the next bar. */
export function probeStrategy(port: number, parent: number): string {
  const entries = Object.entries(probes).map(([name, body]) => `${JSON.stringify(name)}: async () => { ${body} }`);
  return `import { defineStrategy } from '#strategy/define-strategy.ts';
const folder = import.meta.dirname;
const port = ${port};
const parent = ${parent};
const connected = (socket) => new Promise((resolve, reject) => {
  socket.once('error', reject);
  for (const event of ['connect', 'response']) socket.once(event, () => resolve('connected'));
});
const probes = { ${entries.join(',\n')} };
const lines: string[] = [];
// A denial may come as an event that nobody listens to; the host would end us for it, as it should.
process.removeAllListeners('uncaughtException');
process.on('uncaughtException', () => {});
let isDone = false;
async function run() {
  for (const [name, probe] of Object.entries(probes)) {
    let found;
    try {
      found = await Promise.race([probe(), new Promise((resolve) => setTimeout(resolve, 300, 'no answer'))]);
      lines.push(found === undefined ? 'denied ' + name : 'ESCAPED ' + name + ': ' + String(found));
    } catch (error) {
      lines.push('denied ' + name + ': ' + String(error).slice(0, 120));
    }
  }
  isDone = true;
}
let started = false;
export const strategy = defineStrategy({
  name: 'probe', instruments: ['005930'], interval: '1m', warmUpBars: 0,
  onBar(context, bar) {
    if (!started) { started = true; void run(); }
    for (const line of lines.splice(0, 30)) context.log(bar.instrument, line);
    if (isDone && lines.length === 0) context.log(bar.instrument, 'finished');
  },
});
`;
}
