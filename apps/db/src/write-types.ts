import { fileURLToPath } from 'node:url'
import { generateTypes } from './generate-types.ts'
import { testDatabase } from './testing.ts'

await using database = await testDatabase()
await generateTypes(database.url, fileURLToPath(new URL('./tables.gen.ts', import.meta.url)))
