/** The supervisor's page: asks every five seconds, shows what needs a person, and does nothing without a confirmation. */
import { ACTS, CODES, FINDINGS, REASONS } from './texts.js'

const REFRESH_MS = 5_000
const STORE = 'loket-penyelia'
const find = (id) => document.getElementById(id)

/** Gone with the tab: the next person at this PC signs in again. */
let session = JSON.parse(sessionStorage.getItem(STORE) ?? 'null')
let shown = ''

async function ask(path, body) {
  const headers = session ? { authorization: `Bearer ${session.token}` } : {}
  if (body) headers['content-type'] = 'application/json'
  const response = await fetch(`/penyelia/api/${path}`, {
    method: body ? 'POST' : 'GET',
    headers,
    ...(body ? { body: JSON.stringify(body) } : {}),
  }).catch(() => null)
  if (!response) throw new Error('Server mal tidak menjawab. Periksa jaringannya.')
  const reply = await response.json()
  if (response.ok) return reply
  if (reply.code === 'UNAUTHORISED' && session) signOut()
  const text = CODES[reply.code] ?? 'Belum berhasil. Kabari teknisi.'
  throw new Error(`${text.replace('{seconds}', reply.seconds ?? '')} (${reply.code})`)
}

function say(text) {
  find('notice').textContent = text
}

function element(name, text, attributes = {}) {
  const made = document.createElement(name)
  if (text) made.textContent = text
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  return made
}

/** Clock time in the mall. */
function clock(at, seconds = false) {
  const { timeZone } = session
  return new Intl.DateTimeFormat('id-ID', { timeZone, timeStyle: seconds ? 'medium' : 'short' }).format(at)
}

function signOut() {
  session = null
  shown = ''
  sessionStorage.removeItem(STORE)
  show()
}

function show() {
  find('login').hidden = session !== null
  find('overview').hidden = session === null
  find('who').hidden = session === null
  find('officer').textContent = session?.name ?? ''
  find('mall').textContent = session?.mallName ?? ''
  if (!session) find('code').focus()
}

function troubleOf(trouble) {
  const item = element('li')
  item.append(
    element('h3', `${trouble.counterName ? `Loket ${trouble.counterName}` : 'Penerima'} - ${trouble.deviceName}`),
  )
  item.append(element('p', REASONS[trouble.reason]))
  const since =
    trouble.silentSince === null ? 'Belum pernah terdengar.' : `Terakhir terdengar pukul ${clock(trouble.silentSince)}.`
  item.append(element('p', since, { class: 'since' }))
  const labels = element('p', '', { class: 'labels' })
  labels.append(trouble.entries.length > 0 ? 'Antrean di sana: ' : 'Tidak ada antrean di sana.')
  for (const { label, isOpen } of trouble.entries)
    labels.append(element('span', isOpen ? `${label} (dipanggil)` : label))
  item.append(labels)
  const acts = element('div', '', { class: 'acts' })
  for (const act of trouble.acts) {
    const button = element('button', ACTS[act].button, { type: 'button', 'data-key': `${trouble.deviceId} ${act}` })
    button.addEventListener('click', () => confirmAct(act, trouble, button))
    acts.append(button)
  }
  item.append(acts)
  return item
}

function findingOf({ at, label, counterName, code }) {
  const row = element('tr')
  for (const text of [clock(at, true), label ?? '-', counterName ?? '-', code, FINDINGS[code] ?? '']) {
    row.append(element('td', text))
  }
  return row
}

function showOverview({ serverTime, troubles, findings }) {
  find('updated').textContent = clock(serverTime, true)
  const now = JSON.stringify([troubles, findings])
  // Redrawing would take the focus away from somebody who is reading.
  if (now === shown) return
  shown = now
  const focused = document.activeElement?.dataset.key
  find('troubles').replaceChildren(...troubles.map(troubleOf))
  find('findings').replaceChildren(...findings.map(findingOf))
  find('no-troubles').hidden = troubles.length > 0
  find('findings-table').hidden = findings.length === 0
  find('no-findings').hidden = findings.length > 0
  if (focused) document.querySelector(`[data-key="${focused}"]`)?.focus()
}

async function refresh() {
  if (!session) return
  try {
    showOverview(await ask('overview'))
    if (find('notice').dataset.kind === 'lost') say('')
    delete find('notice').dataset.kind
  } catch (error) {
    say(error.message)
    find('notice').dataset.kind = 'lost'
  }
}

function confirmAct(act, trouble, button) {
  const { title, text, sure, yes } = ACTS[act]
  const place = trouble.counterName ? `Loket ${trouble.counterName}` : trouble.deviceName
  find('confirm-title').textContent = title.replace('{place}', place)
  find('confirm-text').textContent = text
  find('confirm-sure-text').textContent = sure
  find('confirm-sure').checked = false
  find('confirm-yes').textContent = yes
  find('confirm-yes').disabled = true
  const dialog = find('confirm')
  find('confirm-yes').onclick = async () => {
    dialog.close()
    try {
      await ask(`devices/${trouble.deviceId}/${act}`, {})
      say(`${place}: sudah dilaksanakan.`)
    } catch (error) {
      say(error.message)
    }
    await refresh()
  }
  dialog.onclose = () => document.querySelector(`[data-key="${button.dataset.key}"]`)?.focus()
  dialog.showModal()
  find('confirm-sure').focus()
}

find('confirm-sure').addEventListener('change', (event) => {
  find('confirm-yes').disabled = !event.target.checked
})
find('confirm-no').addEventListener('click', () => find('confirm').close())
find('logout').addEventListener('click', signOut)
find('login').addEventListener('submit', async (event) => {
  event.preventDefault()
  say('')
  try {
    const [mallId, code, pin] = ['mall-id', 'code', 'pin'].map((id) => find(id).value)
    session = await ask('login', { mallId, code, pin })
    sessionStorage.setItem(STORE, JSON.stringify(session))
    find('code').value = ''
    show()
    await refresh()
  } catch (error) {
    say(error.message)
  }
  find('pin').value = ''
})

const { malls } = await ask('malls')
find('mall-id').replaceChildren(...malls.map(({ id, name }) => element('option', name, { value: id })))
find('mall-choice').hidden = malls.length < 2
show()
await refresh()
setInterval(refresh, REFRESH_MS)
