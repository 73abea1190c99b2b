/** The licences of packages whose code is in a bundle: shipped with it. */

import { readdir, readFile } from "node:fs/promises";

/** Return the notices of packages, each once, in alphabetical order. */
export async function notices(packages) {
  const texts = [];
  for (const name of [...new Set(packages)].sort()) texts.push(await notice(name));
  return texts.join(`\n${"-".repeat(80)}\n\n`);
}

async function notice(name) {
  const folder = `node_modules/${name}`;
  const about = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
  const source = about.homepage ?? about.repository?.url ?? about.repository;
  const files = (await readdir(folder)).filter((file) => /^licen[cs]e/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(`${folder}/${file}`, "utf8")));
  if (!texts.length) texts.push(mit(name, about.license));
  return `${name} ${about.version}\nlicence: ${about.license}\nsource: ${source}\n\n${texts.join("\n")}`;
}

// For a package that names the MIT licence but does not bring its text.
function mit(name, licence) {
  if (!licence.split(" OR ").includes("MIT")) throw new Error(`${name}: no licence text, and not MIT`);
  return `Copyright (c) the authors of ${name}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation
the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and
to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of
the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO
THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF
CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS
IN THE SOFTWARE.
`;
}
