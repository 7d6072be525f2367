/** Moving pictures for demo clips; each is drawn small and enlarged, so that a clip costs a second or two. */
export type DemoKind = 'aurora' | 'ocean' | 'ember' | 'fractal' | 'life' | 'chart'

/** Every kind, in the order a demo project shows them. */
export const DEMO_KINDS: readonly DemoKind[] = ['aurora', 'ocean', 'ember', 'fractal', 'life', 'chart']

type Plane = { readonly lum: string; readonly cb: string; readonly cr: string }

const PLANES: Record<'aurora' | 'ocean' | 'ember', Plane> = {
  aurora: {
    lum: '88+60*sin(X/11+T)*sin(Y/19-T/2)+34*sin(Y/7-T*1.3+2*sin(X/17+T/3))',
    cb: '140+52*sin(X/23-T/2+Y/31)',
    cr: '112+58*cos(Y/13+T/1.7+X/41)',
  },
  ocean: {
    lum: '92+44*sin(Y/5+2.4*sin(X/19+T*0.7)+T*1.6)+30*sin((X+Y)/27-T)',
    cb: '160+26*sin(Y/21-T/3)',
    cr: '98+22*sin(X/29+T/2)',
  },
  ember: {
    lum: '84+62*sin(hypot(X-48,Y-27)/6-T*2.2)*exp(-hypot(X-48,Y-27)/60)+36*sin(X/15+Y/9+T)',
    cb: '96+24*sin(X/33+T/2)',
    cr: '172+38*sin(Y/17-T/1.4)',
  },
}

/** A lavfi description of the moving picture, at the given size and rate, without end. */
export function pictureSource(kind: DemoKind, size: { width: number; height: number }, rate: string): string {
  const enlarge = (flags: string) => `format=yuv420p,scale=${size.width}:${size.height}:flags=${flags}`
  if (kind === 'chart') return `testsrc2=s=${size.width}x${size.height}:r=${rate}`
  if (kind === 'fractal')
    return `mandelbrot=s=480x270:r=${rate}:end_pts=600:end_scale=0.02,${enlarge('bicubic')}`
  if (kind === 'life') {
    const colours = 'life_color=#7ef0c8:death_color=#3a2a78:mold_color=#0d0b1e'
    return `life=s=160x90:r=${rate}:seed=7:ratio=0.4:mold=12:${colours},${enlarge('neighbor')}`
  }
  const { lum, cb, cr } = PLANES[kind]
  return `color=black:s=96x54:r=${rate},format=yuv444p,geq=lum='${lum}':cb='${cb}':cr='${cr}',${enlarge('bicubic')}`
}
