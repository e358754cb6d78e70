import { randomBytes } from 'node:crypto';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** How many earlier generations stay beside the file. */
const generationsKept = 5;

/** Where an earlier generation is kept. */
export function generationPath(file: string, generation: number): string {
  return `${file}.generation-${generation}`;
}

/**
 * Writes a whole file so that after a power loss either the old or the new one is there: a temporary file beside it,
 * fsync, rename, fsync of the folder. Mode 0600.
 */
export async function saveFile(path: string, bytes: Buffer): Promise<void> {
  const temporary = `${path}.saving-${randomBytes(6).toString('hex')}`;
  try {
    await writeDurably(temporary, bytes);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

async function writeDurably(path: string, bytes: Buffer): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A rename is durable only with its folder. Windows cannot open one, and its file system journals renames itself. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes generations older than the newest five, and what an interrupted save left behind. */
export async function removeLeftovers(file: string): Promise<void> {
  const folder = dirname(file);
  const names = await readdir(folder);
  const old = generationsBeside(file, names).slice(generationsKept);
  const unfinished = names.filter((name) => name.startsWith(`${basename(file)}.`) && name.includes('.saving-'));
  const oldNames = old.map((generation) => basename(generationPath(file, generation)));
  for (const name of [...oldNames, ...unfinished]) await rm(join(folder, name), { force: true });
}

/** Removes every earlier generation, so that a way in that was taken away does not live on in one. */
export async function removeGenerations(file: string): Promise<void> {
  const folder = dirname(file);
  const generations = generationsBeside(file, await readdir(folder));
  for (const generation of generations) await rm(generationPath(file, generation), { force: true });
}

/** Newest first. */
function generationsBeside(file: string, names: readonly string[]): readonly number[] {
  const prefix = basename(generationPath(file, 0)).slice(0, -1);
  return names
    .filter((name) => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)))
    .map((name) => Number(name.slice(prefix.length)))
    .sort((a, b) => b - a);
}
