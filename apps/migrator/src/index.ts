export { type ShortIdKind, v2Id } from './ids.ts'
export {
  type EstateOptions,
  type EstateReport,
  type EstateVerdict,
  migrateEstate,
  verifyEstate,
} from './migrate-estate.ts'
export type { Published } from './publish/publish.ts'
export type { PublishedDifference, PublishedVerdict } from './publish/verify-published.ts'
export { type QualityLine, qualityText } from './report.ts'
export { migrations } from './tables.ts'
