/**
 * Bundle what the pages need into the folders that the Python package carries:
 * `node src/web/build.js`, from the root of the project. Same sources, same bytes.
 */

import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

import { notices } from "./notices.js";

const EXPLORER = "src/healthfm/explorer/assets";
const SERVICE = "src/healthfm/service/assets";
const ENGINE = "node_modules/oxigraph/web_bg.wasm";

/** Bundle one entry and return the packages that went into it. */
async function bundle(entry, outfile) {
  const { metafile } = await build({
    entryPoints: [`src/web/${entry}`],
    outfile,
    bundle: true,
    minify: true,
    metafile: true,
    format: "iife",
    target: "es2022",
    charset: "utf8",
    legalComments: "none", // the notices carry the licences
    define: { "import.meta.url": '""' }, // the engine's bytes are handed over, never looked for
  });
  return Object.keys(metafile.inputs).flatMap(
    (path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [],
  );
}

for (const folder of [EXPLORER, SERVICE]) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
}
const inExplorer = [
  ...(await bundle("sparql_page.js", `${EXPLORER}/sparql.js`)),
  ...(await bundle("engine.js", `${EXPLORER}/engine.js`)),
];
await writeFile(`${EXPLORER}/engine.wasm.gz`, gzipSync(await readFile(ENGINE), { level: 9 }));
const inService = await bundle("query_page.js", `${SERVICE}/query.js`);
// Written last: where the notices are, all is there.
await writeFile(`${SERVICE}/NOTICES.txt`, await notices(inService));
await writeFile(`${EXPLORER}/NOTICES.txt`, await notices(inExplorer));
