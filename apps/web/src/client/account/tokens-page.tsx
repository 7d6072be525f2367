import './account.css'
import { useQuery } from '@tanstack/react-query'
import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Empty, Failure, Skeleton } from '../ui/states.tsx'
import { ago } from '../ui/time.ts'
import { toast, toastError } from '../ui/toasts.tsx'
import { useTitle } from '../ui/use-title.ts'
import type { DeveloperToken } from '../wire/types.ts'
import { NewTokenDialog } from './new-token-dialog.tsx'
import { revokeToken, tokensQuery } from './tokens.ts'

export function TokensPage() {
  const tokens = useQuery(tokensQuery)
  useTitle('Developer tokens')
  const [creating, setCreating] = useState(false)
  return (
    <div className="page narrow">
      <div className="page-head">
        <h1>Developer tokens</h1>
        <Button look="primary" onClick={() => setCreating(true)}>
          <Plus size={16} /> New token
        </Button>
      </div>
      {tokens.isPending && <Skeleton style={{ height: 180 }} />}
      {tokens.isError && <Failure error={tokens.error} retry={() => void tokens.refetch()} />}
      {tokens.data?.length === 0 && (
        <Empty icon={KeyRound} title="No tokens yet">
          <p>
            A token lets a script or another program act as you through the V2 API, within the scopes you
            choose.
          </p>
        </Empty>
      )}
      {tokens.data && tokens.data.length > 0 && (
        <div className="rows">
          {tokens.data.map((token) => (
            <TokenRow key={token.id} token={token} />
          ))}
        </div>
      )}
      {creating && <NewTokenDialog onClose={() => setCreating(false)} />}
    </div>
  )
}

function TokenRow({ token }: { token: DeveloperToken }) {
  const [sure, setSure] = useState(false)
  const revoke = () => revokeToken(token.id).then(() => toast('Token revoked'), toastError)
  return (
    <div className="row">
      <KeyRound size={18} />
      <span className="row-text">
        {token.description}
        <small>
          {token.scopes.length} scopes · made {ago(token.inserted_at)}
          {token.last_used_at ? ` · used ${ago(token.last_used_at)}` : ' · never used'}
        </small>
      </span>
      {sure ? (
        <Button look="danger" onBlur={() => setSure(false)} onClick={() => void revoke()}>
          Revoke for good
        </Button>
      ) : (
        <Button look="quiet" onClick={() => setSure(true)}>
          Revoke
        </Button>
      )}
    </div>
  )
}
