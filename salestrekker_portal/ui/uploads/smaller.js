// Makes a photo smaller on the phone before it travels, and keeps its small print legible. A photo of twelve million
// pixels takes a minute on a bad line and tells nobody more. Whatever goes wrong, the file travels as it is.

const ENOUGH_BYTES = 1.5 * 1024 * 1024;
const ENOUGH_PIXELS = 2_600; // longest side
const LONG_SIDE = 2_560;
const SHORT_SIDE = 1_600; // of a long strip, such as a screen that was scrolled, the width is what is read
const STEPS = [
  [1, 0.9],
  [1, 0.85],
  [0.94, 0.85], // never below 2,400 pixels, nor below this quality
];
const MOST_AREA = 16_000_000; // an iPhone draws nothing at all beyond
const PATIENCE_MS = 20_000;

/** The same photo, upright and smaller, or the file itself. Never throws. */
export async function smaller(file) {
  try {
    if (!(file instanceof Blob) || !(await isPhoto(file))) return file;
    return (await within(PATIENCE_MS, drawnSmaller(file))) ?? file;
  } catch {
    return file;
  }
}

/** By its first bytes: names lie. Films among pictures are left alone. */
async function isPhoto(file) {
  const head = String.fromCharCode(...new Uint8Array(await file.slice(0, 4096).arrayBuffer()));
  if (head.includes("acTL") || head.startsWith("ANIM", 30)) return false;
  if (head.startsWith("\xff\xd8\xff") || head.startsWith("\x89PNG\r\n")) return true;
  if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) return true;
  // A browser that can't draw these says so below.
  return head.startsWith("ftyp", 4) && /^(hei[cxms]|mif1|msf1|avif)/.test(head.slice(8, 12));
}

async function drawnSmaller(file) {
  const photo = new Image();
  photo.src = URL.createObjectURL(file);
  try {
    await photo.decode();
    // Both are those of the upright picture, whichever way the phone was held.
    const { naturalWidth: width, naturalHeight: height } = photo;
    const [long, short] = [Math.max(width, height), Math.min(width, height)];
    if (file.size <= ENOUGH_BYTES && long <= ENOUGH_PIXELS) return null; // small enough as it is
    const scale = Math.min(1, Math.max(LONG_SIDE / long, SHORT_SIDE / short));
    if (file.size <= ENOUGH_BYTES && scale === 1) return null;
    let best = null;
    for (const [share, quality] of STEPS) {
      const drawn = await draw(photo, scale < 1 ? scale * share : scale, quality);
      if (drawn && (!best || drawn.size < best.size)) best = drawn;
      if (!best || best.size <= ENOUGH_BYTES) break;
    }
    return best && best.size < file.size ? best : null;
  } finally {
    URL.revokeObjectURL(photo.src);
  }
}

async function draw(photo, scale, quality) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(photo.naturalWidth * scale);
  canvas.height = Math.round(photo.naturalHeight * scale);
  if (canvas.width * canvas.height > MOST_AREA) return null;
  const paper = canvas.getContext("2d");
  paper.fillStyle = "#fff"; // what is clear in the picture
  paper.fillRect(0, 0, canvas.width, canvas.height);
  if (!saysWhatItHolds(paper)) return null;
  paper.imageSmoothingQuality = "high";
  paper.drawImage(photo, 0, 0, canvas.width, canvas.height);
  const drawn = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
  canvas.width = 0; // gives the memory back at once
  return drawn?.type === "image/jpeg" ? drawn : null;
}

/** A browser that guards against being recognised hands out noise instead of what was drawn. */
function saysWhatItHolds(paper) {
  paper.save();
  paper.fillStyle = "rgb(18, 120, 230)";
  paper.fillRect(0, 0, 2, 2);
  paper.restore();
  const [red, green, blue] = paper.getImageData(0, 0, 1, 1).data;
  return Math.abs(red - 18) + Math.abs(green - 120) + Math.abs(blue - 230) < 12;
}

function within(milliseconds, work) {
  return Promise.race([work, new Promise((_, fail) => setTimeout(() => fail(new Error("too slow")), milliseconds))]);
}
