// Makes a screenshot small enough to keep: the 256 colours that it has most of,
// and the nearest of them for the rest. Pages have few colours but for the
// edges of letters.
import { deflateSync, inflateSync } from "node:zlib";

/** The pixels of an 8-bit RGB or RGBA picture as the browser writes it. */
function pixels(png) {
  let width, height, bytes;
  const data = [];
  for (let at = 8; at < png.length; ) {
    const [length, kind] = [png.readUInt32BE(at), png.toString("latin1", at + 4, at + 8)];
    const body = png.subarray(at + 8, at + 8 + length);
    if (kind === "IHDR") [width, height, bytes] = [body.readUInt32BE(0), body.readUInt32BE(4), body[9] === 6 ? 4 : 3];
    if (kind === "IDAT") data.push(body);
    at += 12 + length;
  }
  const raw = inflateSync(Buffer.concat(data));
  const row = width * bytes;
  const out = Buffer.alloc(height * row);
  for (let y = 0; y < height; y++) unfilter(raw, out, y, row, bytes);
  return { width, height, bytes, out };
}

function unfilter(raw, out, y, row, bytes) {
  const how = raw[y * (row + 1)];
  for (let x = 0; x < row; x++) {
    const i = y * row + x;
    const left = x >= bytes ? out[i - bytes] : 0;
    const up = y > 0 ? out[i - row] : 0;
    const corner = x >= bytes && y > 0 ? out[i - row - bytes] : 0;
    out[i] = raw[y * (row + 1) + 1 + x] + [0, left, up, (left + up) >> 1, paeth(left, up, corner)][how];
  }
}

function paeth(left, up, corner) {
  const guess = left + up - corner;
  const [l, u, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return l <= u && l <= c ? left : u <= c ? up : corner;
}

function chunk(kind, body) {
  const named = Buffer.concat([Buffer.from(kind, "latin1"), body]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(body.length, 0);
  ends.writeUInt32BE(sum(named), 4);
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
}

function sum(bytes) {
  let c = ~0;
  for (const b of bytes) {
    c ^= b;
    for (let k = 0; k < 8; k++) c = (c >>> 1) ^ (c & 1 ? 0xedb88320 : 0);
  }
  return ~c >>> 0;
}

/** The same picture, smaller. */
export function smaller(png) {
  const { width, height, bytes, out } = pixels(png);
  const counts = new Map();
  const at = (i) => (out[i * bytes] << 16) | (out[i * bytes + 1] << 8) | out[i * bytes + 2];
  for (let i = 0; i < width * height; i++) counts.set(at(i), (counts.get(at(i)) ?? 0) + 1);
  const palette = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 256).map(([colour]) => colour);
  const place = new Map(palette.map((colour, i) => [colour, i]));
  const rows = Buffer.alloc(height * (width + 1));
  for (let i = 0; i < width * height; i++) {
    const colour = at(i);
    if (!place.has(colour)) place.set(colour, nearest(palette, colour));
    rows[Math.floor(i / width) * (width + 1) + 1 + (i % width)] = place.get(colour);
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((c) => [c >> 16, (c >> 8) & 255, c & 255]));
  return Buffer.concat([png.subarray(0, 8), chunk("IHDR", head), chunk("PLTE", colours), chunk("IDAT", deflateSync(rows, { level: 9, memLevel: 9 })), chunk("IEND", Buffer.alloc(0))]);
}

function nearest(palette, colour) {
  let [best, least] = [0, Infinity];
  for (const [i, other] of palette.entries()) {
    const d = ((other >> 16) - (colour >> 16)) ** 2 + (((other >> 8) & 255) - ((colour >> 8) & 255)) ** 2 + ((other & 255) - (colour & 255)) ** 2;
    if (d < least) [best, least] = [i, d];
  }
  return best;
}
