// Opens every page of some built sites in Chromium and tells what is there: node look.mjs LIST
//
// LIST is a JSON file: [{ name, folder }]. Printed is a JSON list of { name, pages: [{ file, … }] }; see describe().
// The site's own policy is sent so that it reports and forbids nothing: what was let in would run, and be seen.

import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { inTabs, launch } from "../browser/site.mjs";
import { serve } from "../browser/server.mjs";

// In the page, before anything else.
function watch() {
  window.heard = [];
  window.PWNED = () => window.heard.push("a script ran");
  document.addEventListener("securitypolicyviolation", (event) => window.heard.push(`the policy was broken: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
  for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = () => window.heard.push(`${name}() was called`);
}

// In the page: what `root`, a document, is made of.
function describe(root) {
  const kinds = new Set();
  const addresses = [];
  const texts = [];
  const data = [];
  const ADDRESSES = ["href", "src", "action", "formaction", "data", "poster", "xlink:href", "background", "cite", "ping", "manifest"];
  for (const element of root.querySelectorAll("*")) {
    const tag = element.localName;
    kinds.add(tag);
    for (const { name, value } of element.attributes) {
      kinds.add(`${tag} ${name}`);
      texts.push(value);
      // As the browser reads it: without tabs, line ends and what stands before.
      if (ADDRESSES.includes(name)) addresses.push([`${tag} ${name}`, value.replace(/[\t\n\r]/g, "").replace(/^[\0- ]+/, "")]);
      if (name === "srcset") addresses.push(...value.split(",").map((part) => [`${tag} srcset`, part.trim()]));
      if (name === "http-equiv" && value.toLowerCase() === "refresh") addresses.push(["refresh", element.getAttribute("content").replace(/^\d+;\s*url=/i, "")]);
    }
    if (tag === "script" && /json/.test(element.type)) {
      try {
        JSON.parse(element.textContent, (_, value) => (typeof value === "string" && texts.push(value), value));
      } catch (error) {
        data.push(`JSON that is none: ${error.message}`);
      }
    } else if (tag === "script" && !element.src) data.push("a script in the page");
    else if (tag === "style") data.push("a style sheet in the page");
    if (tag !== "script" && tag !== "template") texts.push(...[...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data), element.textContent);
  }
  return { kinds: [...kinds], addresses, data, texts: [...new Set(texts)].filter((text) => /Q[a-z][a-z]x/.test(text)) };
}

// The selectors of all style sheets that the page uses.
const selectors = () => [...document.styleSheets].map((sheet) => [...sheet.cssRules].map((rule) => rule.selectorText ?? rule.constructor.name).join("|"));

async function open(page, origin, folder, file) {
  const html = await readFile(join(folder, file), "utf8");
  const redirect = /http-equiv=["']?refresh/i.test(html);
  await page.goto(`${origin}/${redirect ? "404.html" : encodeURI(file)}`, { waitUntil: "load" });
  if (redirect) {
    const source = `(${describe})(new DOMParser().parseFromString(${JSON.stringify(html)}, "text/html"))`;
    return { file, heard: [], ...(await page.evaluate(source)) };
  }
  for (const link of await page.$$("[onfocus], [autofocus]")) await link.focus().catch(() => {});
  return { file, ...(await page.evaluate(describe_page())), heard: await page.evaluate(() => window.heard), css: await page.evaluate(selectors) };
}

const describe_page = () => `(${describe})(document)`;

async function htmlFiles(folder) {
  const entries = await readdir(folder, { recursive: true });
  return entries.filter((name) => name.endsWith(".html")).sort();
}

const sites = JSON.parse(await readFile(process.argv[2], "utf8"));
const browser = await launch();
const results = sites.map(({ name }) => ({ name, pages: [] }));
await inTabs(sites.map((site, index) => ({ ...site, index })), async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const dialogs = [];
  await page.addInitScript(watch);
  page.on("dialog", (dialog) => (dialogs.push(dialog.type()), dialog.dismiss()));
  const look = async ({ folder, policy, index }) => {
    const { origin, close } = await serve(folder, "/", { "content-security-policy-report-only": policy });
    for (const file of await htmlFiles(folder)) {
      const seen = await open(page, origin, folder, file);
      seen.heard.push(...dialogs.splice(0).map((type) => `a dialog: ${type}`));
      if (!page.url().startsWith(origin)) seen.heard.push(`the page led to ${page.url()}`);
      results[index].pages.push(seen);
    }
    await close();
  };
  return { look, close: () => context.close() };
});
await browser.close();
console.log(JSON.stringify(results));
