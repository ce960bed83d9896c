/** Colours of the current theme as the canvas needs them: resolved, not as custom properties. */
export interface Palette {
  ink: string;
  muted: string;
  hairline: string;
  surface: string;
  sunk: string;
  brand: string;
  accent: string;
  amber: string;
  red: string;
  green: string;
  hatch: string;
  strong: string;
}

export function readPalette(): Palette {
  const probe = document.createElement("span");
  document.body.append(probe);
  const read = (name: string): string => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const palette: Palette = {
    ink: read("ink"),
    muted: read("muted"),
    hairline: read("hairline"),
    surface: read("surface"),
    sunk: read("surface-sunk"),
    brand: read("brand"),
    accent: read("accent"),
    amber: read("amber"),
    red: read("red"),
    green: read("green"),
    hatch: read("hatch"),
    strong: read("ink"),
  };
  probe.remove();
  return palette;
}

/** A hatched tile: insufficient data. */
export function hatch(palette: Palette): { image: HTMLCanvasElement; repeat: "repeat" } {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 8;
  const pen = tile.getContext("2d");
  if (pen) {
    pen.strokeStyle = palette.hatch;
    pen.lineWidth = 1.4;
    for (const shift of [-4, 4, 12]) {
      pen.moveTo(shift - 4, 8);
      pen.lineTo(shift + 4, 0);
    }
    pen.stroke();
  }
  return { image: tile, repeat: "repeat" };
}

type Rgb = readonly [number, number, number];
const HEAT: readonly Rgb[] = [
  [184, 68, 44],
  [217, 132, 64],
  [229, 196, 140],
  [230, 228, 218],
  [196, 218, 224],
  [127, 178, 184],
  [63, 129, 141],
  [15, 92, 110],
];

function toText([red, green, blue]: Rgb): string {
  return `rgb(${Math.round(red)}, ${Math.round(green)}, ${Math.round(blue)})`;
}

function blend(stops: readonly Rgb[], share: number): Rgb {
  const place = Math.min(1, Math.max(0, share)) * (stops.length - 1);
  const low = stops[Math.floor(place)] ?? [0, 0, 0];
  const high = stops[Math.ceil(place)] ?? low;
  const part = place - Math.floor(place);
  return [0, 1, 2].map((at) => (low[at] ?? 0) + ((high[at] ?? 0) - (low[at] ?? 0)) * part) as unknown as Rgb;
}

function inkOn(color: Rgb): string {
  const [red, green, blue] = color.map((part) => ((part / 255) ** 2.2)) as unknown as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.2 ? "#16202e" : "#ffffff";
}

/** Warm for low, cool for high; with the ink that can be read on it. */
export function heat(share: number): { color: string; ink: string } {
  const color = blend(HEAT, share);
  return { color: toText(color), ink: inkOn(color) };
}

const RISK: readonly Rgb[] = [
  [220, 234, 232],
  [232, 230, 208],
  [242, 217, 165],
  [232, 163, 92],
  [214, 118, 68],
  [192, 48, 40],
];

/** The colour of a place of the risk matrix: 0 is rare and light, 1 is likely and grave. */
export function risk(share: number): { color: string; ink: string } {
  const color = blend(RISK, share);
  return { color: toText(color), ink: inkOn(color) };
}

export const HEAT_STOPS = HEAT.map(toText);
