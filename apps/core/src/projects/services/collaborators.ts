import type { Tables } from '@rushes/db'
import { type Selectable, sql } from 'kysely'
import { z } from 'zod'
import { enqueueInvitation, readUsers, type UserRow } from '../../accounts/index.ts'
import { type Ctx, change, type Emit, type Tx } from '../../context.ts'
import { CoreError } from '../../errors.ts'
import { email, type Page, type PageInput, text } from '../../input.ts'
import type { Granted } from '../../policy.ts'
import type { CollaboratorsProject } from '../policies/collaborator.ts'
import type { AccessibleProject, GrantedProject } from '../policies/project.ts'
import { about } from './projects.ts'

export const AddCollaborator = z.object({ email: email(), message: text(5000).optional() })

/** Somebody on a project, or invited to it and not known yet. */
export type Collaboration =
  | { pending: false; row: Selectable<Tables['collaborators']>; user: UserRow | null }
  | { pending: true; row: Selectable<Tables['pending_collaborators']> }

/** Collaborators by e-mail. */
export async function listCollaborators(
  ctx: Ctx,
  project: GrantedProject<'project.read'>,
  page: PageInput,
): Promise<Page<Collaboration>> {
  const { rows } = await sql<Selectable<Tables['collaborators']> & { total: number }>`
    select c.*, count(*) over () as total from collaborators c join users u on u.id = c.user_id
     where c.project_id = ${project.id} order by u.email, c.id
     limit ${page.page_size} offset ${(page.page - 1) * page.page_size}`.execute(ctx.db)
  const users = await readUsers(
    ctx,
    rows.map((row) => row.user_id),
  )
  const found = rows.map((row) => ({ pending: false as const, row, user: users.get(row.user_id) ?? null }))
  return { rows: found, total: rows[0]?.total ?? 0, ...page }
}

/** Invited e-mails that belong to nobody yet, in order. */
export async function listPendingCollaborators(
  ctx: Ctx,
  project: GrantedProject<'project.read'>,
  page: PageInput,
): Promise<Page<Collaboration>> {
  const { rows } = await sql<Selectable<Tables['pending_collaborators']> & { total: number }>`
    select c.*, count(*) over () as total from pending_collaborators c where c.project_id = ${project.id}
     order by c.email, c.id limit ${page.page_size} offset ${(page.page - 1) * page.page_size}`.execute(
    ctx.db,
  )
  return { rows: rows.map((row) => ({ pending: true as const, row })), total: rows[0]?.total ?? 0, ...page }
}

/** Adds somebody by e-mail; an unknown one is kept as pending and invited by mail. Adding twice changes nothing, but mails again after a while. */
export async function addCollaborator(
  ctx: Ctx,
  project: GrantedProject<'collaborator.create'>,
  input: z.infer<typeof AddCollaborator>,
): Promise<Collaboration> {
  return change(ctx, (tx, emit) => putCollaborator({ ctx, tx, emit, project, mail: true }, input))
}

/** What adding or removing somebody needs of the change that it is part of. */
interface Within<P> {
  tx: Tx
  emit: Emit
  project: P
}

/** As `addCollaborator`, inside a change; no mail goes out when `mail` is false. */
export async function putCollaborator(
  {
    ctx,
    tx,
    emit,
    project,
    mail,
  }: Within<GrantedProject<'collaborator.create'>> & { ctx: Ctx; mail: boolean },
  input: z.infer<typeof AddCollaborator>,
): Promise<Collaboration> {
  const creator_id = ctx.actor.kind === 'user' ? ctx.actor.userId : null
  const user = await tx
    .selectFrom('users')
    .select('id')
    .where('email', '=', input.email)
    // As for teams: an unproven e-mail gets an invitation first.
    .where('email_confirmed_at', 'is not', null)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  const values = { project_id: project.id, creator_id, message: input.message ?? null }
  const added = user
    ? await tx
        .insertInto('collaborators')
        .values({ ...values, user_id: user.id })
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst()
    : await tx
        .insertInto('pending_collaborators')
        .values({ ...values, email: input.email })
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst()
  if (added)
    emit({
      ...about(project),
      type: 'collaborator.created',
      subjectId: added.id,
      data: { user_id: user?.id ?? null, email: input.email },
    })
  if (!user) {
    if (mail) await enqueueInvitation(ctx, tx, input.email, project.id)
    return {
      pending: true as const,
      row: await tx
        .selectFrom('pending_collaborators')
        .selectAll()
        .where('project_id', '=', project.id)
        .where('email', '=', input.email)
        .executeTakeFirstOrThrow(),
    }
  }
  return {
    pending: false as const,
    row: await tx
      .selectFrom('collaborators')
      .selectAll()
      .where('project_id', '=', project.id)
      .where('user_id', '=', user.id)
      .executeTakeFirstOrThrow(),
    user: (await readUsers({ db: tx }, [user.id])).get(user.id) ?? null,
  }
}

/** Removes somebody by e-mail, collaborator id or user id. */
export async function removeCollaborator(
  ctx: Ctx,
  project: GrantedProject<'collaborator.create'> | Granted<CollaboratorsProject, 'collaborator.delete'>,
  who: { email?: string | undefined; id?: string | undefined },
): Promise<Collaboration> {
  return change(ctx, (tx, emit) => takeCollaborator({ tx, emit, project }, who))
}

/** As `removeCollaborator`, inside a change. */
export async function takeCollaborator(
  { tx, emit, project }: Within<AccessibleProject>,
  who: { email?: string | undefined; id?: string | undefined },
): Promise<Collaboration> {
  const known = await sql<Selectable<Tables['collaborators']>>`delete from collaborators c using users u
    where c.project_id = ${project.id} and u.id = c.user_id
      and (u.email = ${who.email ?? null} or c.id::text = ${who.id ?? null} or c.user_id::text = ${who.id ?? null}) returning c.*`.execute(
    tx,
  )
  const pending = await sql<Selectable<Tables['pending_collaborators']>>`delete from pending_collaborators
    where project_id = ${project.id} and (email = ${who.email ?? null} or id::text = ${who.id ?? null}) returning *`.execute(
    tx,
  )
  const [row, invited] = [known.rows[0], pending.rows[0]]
  if (row) {
    const user = (await readUsers({ db: tx }, [row.user_id])).get(row.user_id) ?? null
    emit({
      ...about(project),
      type: 'collaborator.deleted',
      subjectId: row.id,
      data: { user_id: row.user_id, email: user?.email ?? '' },
    })
    return { pending: false as const, row, user }
  }
  if (!invited) throw new CoreError('not_found')
  emit({
    ...about(project),
    type: 'collaborator.deleted',
    subjectId: invited.id,
    data: { user_id: null, email: invited.email },
  })
  return { pending: true as const, row: invited }
}
