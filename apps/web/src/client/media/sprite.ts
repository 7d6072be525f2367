import type { Sprite } from '../wire/types.ts'

/** The tile of the scrub sprite that shows `seconds`, counted from 0. */
export function tileAt(sprite: Sprite, seconds: number): number {
  return Math.min(sprite.count - 1, Math.max(0, Math.floor(seconds / sprite.interval)))
}

/** CSS that shows one tile of the sprite at `url`, scaled to fill its box (which should have the tile's shape). */
export function tileStyle(sprite: Sprite, url: string, tile: number) {
  const column = tile % sprite.columns
  const row = Math.floor(tile / sprite.columns)
  const share = (index: number, of: number) => (of > 1 ? `${(index / (of - 1)) * 100}%` : '0%')
  return {
    backgroundImage: `url("${url}")`,
    backgroundSize: `${sprite.columns * 100}% ${sprite.rows * 100}%`,
    backgroundPosition: `${share(column, sprite.columns)} ${share(row, sprite.rows)}`,
  }
}
