import type { Protocols } from '../../events.ts'
import { type PersonEvent, personProtocols } from './person.ts'
import { type SupportEvent, supportProtocols } from './support.ts'
import { type TeamEvent, teamProtocols } from './team.ts'

export type AccountEvent = PersonEvent | SupportEvent | TeamEvent
export const accountProtocols: Protocols<AccountEvent> = {
  ...personProtocols,
  ...supportProtocols,
  ...teamProtocols,
}
