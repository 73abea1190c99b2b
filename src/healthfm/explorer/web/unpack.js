// The inert blocks of the page, gzip in base64: plain, they would be the larger half of it.

/** Return the text of a block, and let the block go. */
export async function unpack(id) {
  const block = document.getElementById(id);
  const bytes = Uint8Array.from(atob(block.textContent), (letter) => letter.charCodeAt(0));
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
