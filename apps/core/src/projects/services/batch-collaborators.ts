import { z } from 'zod'
import { type Ctx, change } from '../../context.ts'
import { boolean, email, text } from '../../input.ts'
import type { GrantedProject } from '../policies/project.ts'
import { putCollaborator, takeCollaborator } from './collaborators.ts'

const message = text(5000).optional()
const MOST = 100

export const AddCollaborators = z.object({
  batch: z
    .array(z.object({ email: email(), message }))
    .min(1)
    .max(MOST),
  default_message: message,
  send_email: boolean().default(true),
})
export const RemoveCollaborators = z.object({
  batch: z
    .array(z.object({ email: email() }))
    .min(1)
    .max(MOST),
})

type Project = GrantedProject<'collaborator.create'>

/** Adds people by e-mail, all or none. */
export async function addCollaborators(
  ctx: Ctx,
  project: Project,
  { batch, default_message, send_email: mail }: z.infer<typeof AddCollaborators>,
): Promise<void> {
  await change(ctx, async (tx, emit) => {
    for (const one of batch)
      await putCollaborator(
        { ctx, tx, emit, project, mail },
        { ...one, message: one.message ?? default_message },
      )
    return {}
  })
}

/** Removes people by e-mail, all or none. Throws `not_found` when one of them isn't there. */
export async function removeCollaborators(
  ctx: Ctx,
  project: Project,
  { batch }: z.infer<typeof RemoveCollaborators>,
): Promise<void> {
  await change(ctx, async (tx, emit) => {
    for (const address of new Set(batch.map((one) => one.email.toLowerCase())))
      await takeCollaborator({ tx, emit, project }, { email: address })
    return {}
  })
}
