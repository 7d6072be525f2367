import '@fontsource-variable/geist/index.css'
import '@fontsource-variable/geist-mono/index.css'
import './styles/tokens.css'
import './styles/base.css'
import './ui/ui.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { Toasts } from './ui/toasts.tsx'
import { queryClient } from './wire/query-client.ts'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

createRoot(root).render(
  <QueryClientProvider client={queryClient}>
    <App />
    <Toasts />
  </QueryClientProvider>,
)
