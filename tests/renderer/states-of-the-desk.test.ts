import { STATES } from '#tests/renderer/screens/index.ts'
import { testStates } from '#tests/renderer/test-states.ts'

testStates(STATES.filter(({ route }) => route === 'desk'))
