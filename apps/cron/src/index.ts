export { type JobQueue, type JobQueueOptions, openJobQueue } from './boss.ts'
