import './shell.css'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import { Link, useLocation } from 'wouter'
import { unreadIn } from './account/inbox.ts'
import { useInbox } from './account/use-inbox.ts'
import { resetSocket } from './live/socket.ts'
import { Avatar } from './ui/avatar.tsx'
import { Menu, MenuItem } from './ui/menu.tsx'
import { toastError } from './ui/toasts.tsx'
import { sessionQuery, signOut } from './wire/session.ts'

/** The frame around every page but the player's. */
export function Shell({ children }: { children: ReactNode }) {
  const { data: user } = useQuery(sessionQuery)
  const unread = unreadIn(useInbox(user?.id).data ?? []).length
  const [path] = useLocation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page begins at its top
  useEffect(() => {
    window.scrollTo(0, 0)
  }, [path])
  return (
    <div className="shell">
      <header className="shell-bar">
        <Brand />
        <nav>
          <NavLink href="/" also="/projects">
            Projects
          </NavLink>
          <NavLink href="/inbox">
            Inbox
            {unread > 0 && <span className="nav-count">{unread}</span>}
          </NavLink>
        </nav>
        <span className="spacer" />
        <UserMenu />
      </header>
      <main>{children}</main>
    </div>
  )
}

export function Brand() {
  return (
    <Link href="/" className="brand" aria-label="Rushes">
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <path d="M4 5h3v22H4zM25 5h3v22h-3z" fill="currentColor" opacity=".32" />
        <path d="M11 8.5v15L24 16z" fill="var(--accent)" />
      </svg>
      <span>Rushes</span>
    </Link>
  )
}

function NavLink({ href, also, children }: { href: string; also?: string; children: ReactNode }) {
  const [path] = useLocation()
  const active = path === href || (also !== undefined && path.startsWith(also))
  return (
    <Link
      href={href}
      className={`nav-link ${active ? 'active' : ''}`}
      aria-current={active ? 'page' : undefined}
    >
      {children}
    </Link>
  )
}

function UserMenu() {
  const { data: user } = useQuery(sessionQuery)
  const [, navigate] = useLocation()
  if (!user) return null
  return (
    <Menu label={`Account of ${user.name}`} face={<Avatar person={user} size={28} />} align="right">
      <div className="menu-who">
        <strong>{user.name}</strong>
        <span>{user.email}</span>
      </div>
      <div className="menu-line" />
      <MenuItem onSelect={() => navigate('/password')}>Password</MenuItem>
      <MenuItem onSelect={() => navigate('/tokens')}>Developer tokens</MenuItem>
      <MenuItem onSelect={() => void signOut().then(resetSocket, toastError)}>Sign out</MenuItem>
    </Menu>
  )
}
