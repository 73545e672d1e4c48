// Looks at a dashboard in a real browser: node tools/dashboard_look.cjs PAGE.html [FOLDER FOR PICTURES]
//
// Prints as JSON: the requests that are not the page itself, the console's messages, what axe-core calls serious or
// critical, the widths at which the page scrolls sideways, and how many entries are seen with scripts and without.
// It needs the npm packages puppeteer-core and axe-core in the folder $NODE_PATH, and chromium (or $CHROMIUM).
const puppeteer = require("puppeteer-core");
const axe = require("axe-core");
const { pathToFileURL } = require("node:url");

const WIDTHS = [360, 768, 1280];

async function main(page, folder) {
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
  const url = pathToFileURL(page).href;
  const found = { requests: [], console: [], axe: [], sideways: [], shown: 0, shown_without_scripts: 0 };
  const tab = await browser.newPage();
  tab.on("request", (request) => request.url() === url || found.requests.push(request.url()));
  tab.on("console", (message) => found.console.push(message.text()));
  tab.on("pageerror", (error) => found.console.push(String(error)));
  for (const width of WIDTHS) {
    await tab.setViewport({ width, height: 900, isMobile: width < 500, hasTouch: width < 500 });
    await tab.goto(url);
    const wide = await tab.evaluate(() => document.documentElement.scrollWidth);
    if (wide > width) found.sideways.push([width, wide]);
    if (folder) await tab.screenshot({ path: `${folder}/dashboard-${width}.png`, fullPage: true });
  }
  found.shown = await tab.evaluate(
    () => [...document.querySelectorAll("[data-f]")].filter((line) => line.checkVisibility()).length,
  );
  if (folder) await tab.pdf({ path: `${folder}/dashboard.pdf`, preferCSSPageSize: true, printBackground: true });
  await tab.type("#filter", "zzzzzz");
  found.left_by_filter = await tab.evaluate(() => document.querySelectorAll("[data-f]:not([hidden])").length);
  // axe-core runs in a page without the policy of ours, which would refuse it.
  const other = await browser.newPage();
  await other.setBypassCSP(true);
  for (const width of [360, 1280]) {
    await other.setViewport({ width, height: 900 });
    await other.goto(url);
    await other.evaluate(axe.source);
    const report = await other.evaluate(() => window.axe.run());
    for (const one of report.violations)
      if (one.impact === "serious" || one.impact === "critical")
        found.axe.push([width, one.id, one.nodes.length, one.nodes[0].html.slice(0, 200), one.nodes[0].failureSummary]);
  }
  const plain = await browser.newPage();
  await plain.setJavaScriptEnabled(false);
  await plain.setViewport({ width: 1280, height: 900 });
  await plain.goto(url);
  // Our own questions are asked in a world apart, which runs though the page's scripts do not.
  const session = await plain.createCDPSession();
  const { frameTree } = await session.send("Page.getFrameTree");
  const world = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id });
  const ask = async (expression) =>
    (await session.send("Runtime.evaluate", { expression, contextId: world.executionContextId, returnByValue: true }))
      .result.value;
  found.shown_without_scripts = await ask(
    '[...document.querySelectorAll("[data-f]")].filter((line) => line.checkVisibility()).length',
  );
  found.filter_without_scripts = await ask('document.querySelector(".find").checkVisibility()');
  if (folder) await plain.screenshot({ path: `${folder}/dashboard-no-scripts.png`, fullPage: true });
  await browser.close();
  console.log(JSON.stringify(found, null, 1));
}

main(process.argv[2], process.argv[3]).catch((error) => {
  console.error(error);
  process.exit(1);
});
