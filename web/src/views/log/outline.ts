/** The outlines of a glyph as a canvas draws them: what `glyphs.css` has as an SVG in a mask. */

export interface Shape {
  readonly path: Path2D;
  readonly isFilled: boolean;
  /** Px, 0 for none. */
  readonly strokePx: number;
  readonly dash: readonly number[];
}

const svg = /^url\("data:image\/svg\+xml,(.*)"\)$/s;
const shape = /<(circle|rect|path)\s([^>]*?)\/>/g;
const attribute = /([\w-]+)='([^']*)'/g;

/** Of a computed `mask-image`; none where it is no such picture. Only circles, rectangles and paths are known. */
export function shapesOf(maskImage: string): readonly Shape[] {
  const drawing = decodeURIComponent(svg.exec(maskImage)?.[1]?.replaceAll('\\"', '"') ?? '');
  return Array.from(drawing.matchAll(shape), ([, name = '', rest = '']) => {
    const said = new Map(Array.from(rest.matchAll(attribute), ([, key = '', value = '']) => [key, value]));
    return {
      path: pathOf(name, said),
      isFilled: said.get('fill') !== 'none',
      strokePx: said.has('stroke') ? Number(said.get('stroke-width') ?? 1) : 0,
      dash: (said.get('stroke-dasharray') ?? '').split(' ').filter(Boolean).map(Number),
    };
  });
}

function pathOf(name: string, said: ReadonlyMap<string, string>): Path2D {
  const of = (key: string) => Number(said.get(key) ?? 0);
  const path = new Path2D(name === 'path' ? said.get('d') : undefined);
  if (name === 'circle') path.arc(of('cx'), of('cy'), of('r'), 0, 2 * Math.PI);
  if (name === 'rect') path.rect(of('x'), of('y'), of('width'), of('height'));
  return path;
}
