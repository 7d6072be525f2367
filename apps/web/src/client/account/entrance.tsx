import './account.css'
import './entrance.css'
import type { ReactNode } from 'react'
import { Brand } from '../shell.tsx'
import { useTitle } from '../ui/use-title.ts'
import { SignInArt } from './sign-in-art.tsx'

interface EntranceProps {
  title: string
  children: ReactNode
}

/** The frame around the pages through which people get in. */
export function Entrance({ title, children }: EntranceProps) {
  useTitle(title)
  return (
    <main className="sign-in">
      <div className="sign-in-form entrance">
        <Brand />
        {children}
      </div>
      <SignInArt />
    </main>
  )
}
