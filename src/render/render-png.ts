/**
 * An SVG as PNG, in fonts that come along and with no others: the same picture on every machine. Both the renderer and
 * the fonts are optional dependencies, since most people never want a PNG.
 */
import { createRequire } from 'node:module';

/** Something that only PNGs need is not installed. */
export class MissingRenderer extends Error {
  override readonly name = 'MissingRenderer';
}

/** Pixels of the image for each of the chart: enough for dense screens. */
const ZOOM = 2;

const FONTS = ['dejavu-fonts-ttf/ttf/DejaVuSans.ttf', 'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'];
const FAMILY = 'DejaVu Sans';

export async function renderPng(svg: string, zoom = ZOOM): Promise<Uint8Array> {
  const { Resvg } = await resvg();
  const font = { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: FAMILY, sansSerifFamily: FAMILY };
  return new Resvg(svg, { font, fitTo: { mode: 'zoom', value: zoom } }).render().asPng();
}

async function resvg(): Promise<typeof import('@resvg/resvg-js')> {
  try {
    return await import('@resvg/resvg-js');
  } catch (error) {
    throw new MissingRenderer('PNG needs the optional package @resvg/resvg-js, which is not installed; svg and html do without', { cause: error });
  }
}

function fontFiles(): string[] {
  const { resolve } = createRequire(import.meta.url);
  try {
    return FONTS.map((path) => resolve(path));
  } catch (error) {
    throw new MissingRenderer('PNG needs the optional package dejavu-fonts-ttf, which is not installed; svg and html do without', { cause: error });
  }
}
