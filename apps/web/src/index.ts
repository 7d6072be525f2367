export { buildWeb, webRoot } from './build.ts'
