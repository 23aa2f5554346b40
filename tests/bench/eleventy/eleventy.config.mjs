// The same pages by Eleventy, with a theme that does about what ours does, for comparison in tests/bench/run.
const folderOf = (stem) => stem.replace(/\/[^/]*$/, "");
const addressOf = (stem) => (stem.endsWith("/_index") ? folderOf(stem) + "/" : stem + "/");
const byWeight = (a, b) => (a.data.weight ?? 0) - (b.data.weight ?? 0);

function filesToAddresses(markdown) {
  const inner = markdown.renderer.rules.link_open ?? ((tokens, at, options, env, self) => self.renderToken(tokens, at, options));
  markdown.renderer.rules.link_open = (tokens, at, options, env, self) => {
    const href = tokens[at].attrGet("href");
    if (href && /\.md(#|$)/.test(href) && env.page) {
      const url = new URL(href, "http://x" + env.page.filePathStem);
      tokens[at].attrSet("href", addressOf(url.pathname.replace(/\.md$/, "")) + url.hash);
    }
    return inner(tokens, at, options, env, self);
  };
}

export default function (config) {
  config.addGlobalData("layout", "page.njk");
  config.addGlobalData("site", {title: "Example Hospital", url: "https://hospital.example.org", emergency: "911", nurseLine: "555-0142"});
  config.addGlobalData("permalink", () => (data) => addressOf(data.page.filePathStem).slice(1) + "index.html");
  config.amendLibrary("md", filesToAddresses);
  config.addFilter("json", (value) => JSON.stringify(value).replaceAll("<", "\\u003c"));
  config.addFilter("day", (value) => (value ? new Date(value).toISOString().slice(0, 10) : ""));
  config.addCollection("tree", (api) => {
    const tree = {pages: {}, sections: []};
    for (const item of api.getAll().filter((one) => one.inputPath.endsWith(".md"))) {
      const folder = folderOf(item.filePathStem);
      if (item.filePathStem.endsWith("/_index")) folder && tree.sections.push(item);
      else (tree.pages[folder] ??= []).push(item);
    }
    tree.sections.sort(byWeight);
    for (const list of Object.values(tree.pages)) {
      list.sort(byWeight);
      list.forEach((item, at) => Object.assign(item.data, {previous: list[at - 1], following: list[at + 1]}));
    }
    tree.folder = Object.fromEntries(tree.sections.map((item) => [folderOf(item.filePathStem), item]));
    return tree;
  });
  config.addFilter("folder", folderOf);
  return {markdownTemplateEngine: false, dir: {input: "content", includes: "../layouts"}};
}
