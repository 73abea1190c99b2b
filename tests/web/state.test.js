import assert from "node:assert/strict";
import test from "node:test";
import { FACETS, fromHash, START, toHash, VIEWS } from "../../src/healthfm/explorer/web/state.js";

test("the state at the start needs no address", () => {
  assert.equal(toHash(START), "");
  assert.deepEqual(fromHash(""), START);
});

test("every part of the state survives the way into an address and back", () => {
  const state = {
    view: "neighbourhood",
    selected: "model:bio,bert & co=1",
    filters: {
      modality: ["modality:text", "modality:image"],
      licence: ["https://example.org/a,b?c=d&e#f"],
      year: ["2019"],
    },
    hidden: ["calls", "extends"],
    only: "impact",
    through: "method",
    to: "model:bert",
    centre: "organization:ÄÖ % 日本",
    hops: 2,
    expanded: ["model:a", "model:b"],
    sort: "-year",
    camera: [0.5, 0.25, 3.125],
  };
  assert.deepEqual(fromHash(`#${toHash(state)}`), state);
});

test("each facet and each view has an address of its own", () => {
  for (const { key } of FACETS) {
    const state = { ...START, filters: { [key]: ["x"] } };
    assert.deepEqual(fromHash(toHash(state)), state);
  }
  for (const view of VIEWS) assert.equal(fromHash(toHash({ ...START, view })).view, view);
});

test("what makes no sense in an address is as at the start, and nothing throws", () => {
  const hash = "#view=sideways&only=me&through=walls&hops=9&at=1,2,x&%E0%A4%A=1&n=%E0%A4%A&&&=";
  assert.deepEqual(fromHash(hash), START);
});

test("an address of a single thing, as older links have it, still selects it", () => {
  assert.equal(fromHash("#n=model%3Abiobert").selected, "model:biobert");
});
