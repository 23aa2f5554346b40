// A static server for one built site, on loopback and a free port.
//
// The folder is published under the path of the site's base URL ("/" or "/clinic/"), index.html stands for its folder, and what
// is not there gets 404.html with status 404, as on a real host.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".xml": "application/xml",
  ".txt": "text/plain; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".avif": "image/avif",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".pdf": "application/pdf",
  ".webmanifest": "application/manifest+json",
};

async function answer(folder, basePath, url) {
  const path = decodeURIComponent(new URL(url, "http://localhost").pathname);
  if (path.startsWith(basePath)) {
    let name = normalize(path.slice(basePath.length - 1));
    if (name.endsWith("/")) name += "index.html";
    try {
      return { status: 200, type: TYPES[extname(name)] ?? "application/octet-stream", body: await readFile(join(folder, name)) };
    } catch (error) {
      if (!["ENOENT", "EISDIR", "ENOTDIR"].includes(error.code)) throw error;
    }
  }
  const body = await readFile(join(folder, "404.html")).catch(() => "not found");
  return { status: 404, type: TYPES[".html"], body };
}

// `headers` go with every answer. Resolves to { origin, close }.
export function serve(folder, basePath, headers = {}) {
  const server = createServer((request, response) => {
    answer(folder, basePath, request.url).then(
      ({ status, type, body }) => response.writeHead(status, { ...headers, "content-type": type }).end(body),
      (error) => response.writeHead(500).end(String(error)),
    );
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      resolve({
        origin: `http://127.0.0.1:${server.address().port}`,
        close: () => {
          server.closeAllConnections();
          return new Promise((closed) => server.close(closed));
        },
      });
    });
  });
}
