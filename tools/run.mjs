import { onNode } from '../releases/on-node.mjs'

await onNode(new URL('./src/main.ts', import.meta.url))
