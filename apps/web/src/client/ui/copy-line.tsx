import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { Button } from './button.tsx'
import { toastError } from './toasts.tsx'

/** A text to take along, with a button that copies it. */
export function CopyLine({ text }: { text: string }) {
  const [copied, setCopied] = useState(false)
  const copy = () => navigator.clipboard.writeText(text).then(() => setCopied(true), toastError)
  return (
    <div className="secret">
      <code>{text}</code>
      <Button look="primary" onClick={() => void copy()}>
        {copied ? <Check size={15} /> : <Copy size={15} />}
        {copied ? 'Copied' : 'Copy'}
      </Button>
    </div>
  )
}
