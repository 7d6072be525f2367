import { onNode } from './on-node.mjs'

await onNode(new URL('./src/main.ts', import.meta.url))
