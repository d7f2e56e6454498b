import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Context } from 'hono';
import { newNonce, nonceMark, pagePolicy } from '../session/security-headers.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
};

const notBuilt = 'The page is not built yet. Run `npm run build:web` and reload. The API answers under /api.\n';

/**
 * Serves the built web app: files with a hash in their name for ever, index.html for every path of the page itself.
 * The files hold nothing of any cluster, so they need no login.
 */
export function serveWebApp(folder: string): (c: Context) => Promise<Response> {
  const packed = new PackedFiles();
  return async (c) => {
    const path = safePath(c.req.path);
    const file = path === null ? null : await readIfFile(join(folder, path));
    if (path !== null && file !== null && path !== `${sep}index.html`) {
      const answer = fileResponse(file, path, isHashed(path));
      return takesGzip(c) && isHashed(path) ? packed.response(answer, file, path) : answer;
    }
    // A missing script must not be answered with a page: the browser would report a wrong type instead of a missing file.
    if (path === null || path.startsWith(`${sep}assets${sep}`))
      return new Response('There is no such file.\n', { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' } });
    const index = await readIfFile(join(folder, 'index.html'));
    if (index === null) return new Response(notBuilt, { status: 503, headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' } });
    return pageResponse(index);
  };
}

/** The path inside the folder; null for one that leads out of it or is no path at all. */
function safePath(path: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return null;
  }
  if (decoded.includes('\0') || decoded.includes('\\') || decoded.split('/').includes('..')) return null;
  return normalize(decoded);
}

async function readIfFile(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const found = await stat(path).catch(() => null);
  return found?.isFile() ? new Uint8Array(await readFile(path)) : null;
}

/** Vite puts a content hash into the names of everything in assets/. */
function isHashed(path: string): boolean {
  return path.startsWith(`${sep}assets${sep}`) && /-[\w-]{8}\.\w+$/.test(path);
}

/** The page with a nonce of its own, which is why nobody may keep it. */
function pageResponse(index: Uint8Array): Response {
  const nonce = newNonce();
  const page = Buffer.from(index).toString('utf8').replaceAll(nonceMark, nonce);
  return new Response(page, {
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'content-security-policy': pagePolicy(nonce) },
  });
}

function fileResponse(content: Uint8Array<ArrayBuffer>, path: string, forEver: boolean): Response {
  return new Response(content, {
    headers: {
      'content-type': types[extname(path)] ?? 'application/octet-stream',
      'cache-control': forEver ? 'public, max-age=31536000, immutable' : 'no-cache',
    },
  });
}

function takesGzip(c: Context): boolean {
  return (
    c.req
      .header('accept-encoding')
      ?.split(',')
      .some((part) => part.trim().split(';')[0] === 'gzip') ?? false
  );
}

/** Hashed files never change, so that each is packed once; there are as many as the build wrote. */
class PackedFiles {
  private readonly files = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

  async response(plain: Response, content: Uint8Array<ArrayBuffer>, path: string): Promise<Response> {
    const body = this.files.get(path) ?? pack(content);
    this.files.set(path, body);
    const headers = new Headers(plain.headers);
    headers.set('content-encoding', 'gzip');
    headers.set('vary', 'accept-encoding');
    return new Response(await body, { headers });
  }
}

async function pack(content: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await promisify(gzip)(content));
}
