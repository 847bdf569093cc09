// Finding a quoted sentence in the whole text. No DOM here.

const CLIPPED = /…$/;
const HEADING_END = /[.。!！?？;；:：,，]$/;
const LONGEST_HEADING = 90;

// Every place where the sentence stands word for word: [start, end] pairs. Where a line break or
// a row of blanks was folded on the way, blanks are compared loosely.
export function places(text, sentence) {
  const wanted = sentence.trim();
  if (!wanted) return [];
  const found = [];
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    found.push([at, at + wanted.length]);
  }
  return found.length ? found : loosely(text, wanted);
}

function loosely(text, wanted) {
  const words = wanted.split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const pattern = new RegExp(words.join("\\s+"), "g");
  return [...text.matchAll(pattern)].map((m) => [m.index, m.index + m[0].length]);
}

// The place that the line under the quote means, when the sentence occurs more than once.
export function locate(text, sentence, section) {
  const found = places(text, sentence);
  if (found.length < 2 || !section) return found[0] || null;
  let best = found[0];
  let nearest = Infinity;
  for (const heading of headings(text, section)) {
    const after = found.find(([start]) => start > heading);
    if (after && after[0] - heading < nearest) {
      nearest = after[0] - heading;
      best = after;
    }
  }
  return best;
}

// The heading above a place.
export function headingAbove(text, at) {
  const above = lines(text).filter(({ start, kind }) => start <= at && /heading|under/.test(kind));
  return above.at(-1)?.line.replace(/^#+\s*/, "") || "";
}

// Where the heading stands that a section line ends with: "1 (2) Focus on carrier…" ends with
// the beginning of the line "(2) Focus on carrier cultivation". The longest ending wins.
function headings(text, section) {
  const clipped = CLIPPED.test(section);
  const wanted = section.replace(CLIPPED, "").trim();
  const parts = [wanted, ...[...wanted.matchAll(/\s+/g)].map((m) => wanted.slice(m.index).trim())];
  const all = lines(text);
  for (const part of parts) {
    const fits = all.filter(({ line }) => {
      const bare = line.replace(/^#+\s*/, "");
      return [line, bare].some((one) => (clipped ? one.startsWith(part) : one === part));
    });
    if (fits.length) return fits.map(({ start }) => start);
  }
  return [];
}

// The lines of a text with their places and kinds: title, heading, under (a heading below
// another), text or blank.
export function lines(text) {
  let at = 0;
  return text.split("\n").map((whole, index) => {
    const start = at;
    at += whole.length + 1;
    return { start, end: start + whole.length, line: whole.trim(), kind: kind(whole.trim(), index) };
  });
}

function kind(line, index) {
  if (!line) return "blank";
  if (index === 0) return "title";
  if (/^#{1,6}\s/.test(line)) return /^##/.test(line) ? "under" : "heading";
  if (line.length > LONGEST_HEADING || HEADING_END.test(line)) return "text";
  if (/^[(（]\s*[\w一二三四五六七八九十]{1,3}\s*[)）]/.test(line)) return "under";
  if (/^[\w一二三四五六七八九十]{1,3}[.、．]\s*\D/.test(line)) return "heading";
  return "text";
}
