import { Accounts, authorizeActor, type Scope } from '@rushes/core'
import type { World } from '@rushes/core/testing'

/** A developer token of the world's person that carries `scopes`. */
export async function tokenFor(world: World, scopes: Scope[]): Promise<string> {
  const person = authorizeActor(world.ctx, Accounts.withSession)
  return (await Accounts.createDeveloperToken(world.ctx, person, { description: 'test', scopes })).token
}
