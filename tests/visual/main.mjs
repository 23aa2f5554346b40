// Takes small pictures of pages in each theme and compares them with the ones that are kept.
// node main.mjs FOLDER-OF-SITES [--update]
//
// Letters are drawn a little differently on each machine, so pictures are compared by squares of 16 pixels: the mean colour of
// each. A lost style sheet, a moved block or a changed colour changes many squares by much; the edge of a letter does not.

import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Suite } from "../lib/suite.mjs";
import { launch } from "../browser/site.mjs";
import { serve } from "../browser/server.mjs";

const PICTURES = join(dirname(fileURLToPath(import.meta.url)), "pictures");
const THEMES = ["base", "clinic", "civic", "plain"];
const VIEWS = [
  { name: "home", path: "/" },
  { name: "side-effects-dark", path: "/side-effects/", colorScheme: "dark" },
  { name: "side-effects-ar", path: "/ar/side-effects/" },
  { name: "after-print", path: "/car-t/after/", media: "print" },
];
const WIDTH = 640; // of the window in CSS pixels; a picture has half of that
const HEIGHT = 1000;
const SQUARE = 16;
const SQUARE_MOST = 24; // how far the mean colour of a square may be off, of 255, before it counts
const SHARE_MOST = 0.04; // share of squares that may count
// One family that Debian's fonts-dejavu-core brings, Arabic included, whatever else is installed.
const ONE_FONT = "*, *::before, *::after { font-family: 'DejaVu Sans' !important; }";

async function take(browser, origin, view) {
  const context = await browser.newContext({
    viewport: { width: WIDTH, height: HEIGHT },
    deviceScaleFactor: 0.5,
    colorScheme: view.colorScheme ?? "light",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  await page.emulateMedia({ media: view.media ?? "screen" });
  await page.goto(origin + view.path, { waitUntil: "load", timeout: 120_000 });
  if (view.before) await view.before(page);
  await page.addStyleTag({ content: ONE_FONT });
  const picture = await page.screenshot({ type: "jpeg", quality: 40 });
  await context.close();
  return picture;
}

// The share of squares in which two pictures differ; drawn and measured by the browser itself.
async function difference(page, one, other) {
  const urls = [one, other].map((bytes) => `data:image/jpeg;base64,${bytes.toString("base64")}`);
  return page.evaluate(
    async ({ urls, square, most }) => {
      const means = async (url) => {
        const image = new Image();
        image.src = url;
        await image.decode();
        const canvas = document.createElement("canvas");
        canvas.width = Math.ceil(image.width / square);
        canvas.height = Math.ceil(image.height / square);
        const drawing = canvas.getContext("2d");
        drawing.imageSmoothingQuality = "high";
        drawing.drawImage(image, 0, 0, canvas.width, canvas.height);
        return { size: `${image.width}x${image.height}`, data: drawing.getImageData(0, 0, canvas.width, canvas.height).data };
      };
      const [a, b] = await Promise.all(urls.map(means));
      if (a.size !== b.size) return 1;
      let off = 0;
      for (let i = 0; i < a.data.length; i += 4)
        off += Math.max(Math.abs(a.data[i] - b.data[i]), Math.abs(a.data[i + 1] - b.data[i + 1]), Math.abs(a.data[i + 2] - b.data[i + 2])) > most;
      return off / (a.data.length / 4);
    },
    { urls, square: SQUARE, most: SQUARE_MOST },
  );
}

// The suite is shown to see what it is for: each of these must count as a difference.
const FAULTS = [
  { name: "a lost style sheet", before: (page) => page.evaluate(() => document.querySelectorAll("link[rel=stylesheet]").forEach((link) => link.remove())) },
  { name: "a block that moved", before: (page) => page.addStyleTag({ content: "main { margin-block-start: 6rem !important; }" }) },
  { name: "a changed colour", before: (page) => page.addStyleTag({ content: ".site-header, .site-header * { background: #d0f !important; }" }) },
];

const [, , sites, option] = process.argv;
const update = option === "--update";
const suite = new Suite();
const browser = await launch();
const blank = await (await browser.newContext()).newPage();
for (const theme of THEMES) {
  const server = await serve(join(sites, theme), "/");
  for (const view of VIEWS) {
    const file = join(PICTURES, `${theme}-${view.name}.jpg`);
    const seen = await take(browser, server.origin, view);
    if (update) await writeFile(file, seen);
    const kept = await readFile(file).catch(() => null);
    const share = kept ? await difference(blank, kept, seen) : 1;
    const problem = kept ? `${(share * 100).toFixed(1)} % of the picture is not as in ${file}` : `${file} is not there: run with --update`;
    suite.check(`${theme}: ${view.name}`, share <= SHARE_MOST ? [] : [problem]);
  }
  for (const fault of theme === "clinic" ? FAULTS : []) {
    const view = VIEWS[0];
    const share = await difference(blank, await readFile(join(PICTURES, `${theme}-${view.name}.jpg`)), await take(browser, server.origin, { ...view, ...fault, path: view.path }));
    suite.check(`${fault.name} is seen`, share > SHARE_MOST ? [] : [`only ${(share * 100).toFixed(1)} % of the picture differs`]);
  }
  await server.close();
}
await browser.close();
suite.end();
