import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import type { Context } from 'hono';
import { FixConfiguration } from '#domain/errors.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.png': 'image/png',
};

interface WebFile {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly cacheControl: string;
}

/** The built pages, read into memory once (about 5 MB), so that no request ever opens a file. */
export class WebFiles {
  readonly #files = new Map<string, WebFile>();
  readonly #page: WebFile;

  /** @throws FixConfiguration `server.web-missing` when the pages are not built */
  constructor(folder: string) {
    for (const path of filesOf(folder)) this.#files.set(`/${relative(folder, path).split(sep).join('/')}`, read(path));
    const page = this.#files.get('/index.html');
    if (page === undefined) {
      throw new FixConfiguration(
        'server.web-missing',
        `Cannot serve the pages: "${folder}" holds no index.html; build them with "npm start"`,
      );
    }
    this.#page = page;
  }

  /** The file at this path; the page for every other path without an extension, since its router knows the rest. */
  answer(context: Context): Response | Promise<Response> {
    const file = this.#files.get(context.req.path) ?? (extname(context.req.path) === '' ? this.#page : undefined);
    if (file === undefined) return context.notFound();
    return context.body(file.body, 200, { 'content-type': file.type, 'cache-control': file.cacheControl });
  }
}

function filesOf(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch {
    // A folder that is not there holds no pages; the caller says so with its path.
    return [];
  }
}

function read(path: string): WebFile {
  return {
    body: new Uint8Array(readFileSync(path)),
    type: contentTypes[extname(path)] ?? 'application/octet-stream',
    // Vite puts a hash of the content into the names under assets/; the page itself is asked for every time.
    cacheControl: path.includes(`${sep}assets${sep}`) ? 'private, max-age=31536000, immutable' : 'no-cache',
  };
}
