// The inert blocks of the page, gzip in base64: plain, they would be the larger half of it.

/** Return the text of a block, and let the block go. */
export async function unpack(id) {
  const block = document.getElementById(id);
  const letters = atob(block.textContent);
  const bytes = new Uint8Array(letters.length);
  for (let index = 0; index < letters.length; index += 1) bytes[index] = letters.charCodeAt(index);
  block.remove();
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

/** Run the script that a block holds; the page's policy knows its hash. */
export async function runBlock(id) {
  const script = document.createElement("script");
  script.textContent = await unpack(id);
  document.head.append(script);
  script.remove();
}
