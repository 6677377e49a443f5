/** Entry of every screen: one page, one host. */
import '@fontsource-variable/atkinson-hyperlegible-next/wght.css'
import '#renderer/mantine-styles.ts'
import '#renderer/global.css'
import { createRoot } from 'react-dom/client'
import { App } from '#renderer/app/app.tsx'
import { createDeskStore } from '#renderer/state/desk-store.ts'
import { createClient } from '#renderer/transport/client.ts'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(<App store={createDeskStore(createClient())} />)
